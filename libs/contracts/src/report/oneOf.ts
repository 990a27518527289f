import { suggest } from './suggest.js';

/** A fix for a name that is not known: what was probably meant, or all there is. */
export function oneOf(found: string, known: readonly string[]): string {
  const meant = suggest(found, known);
  if (meant !== null) return `Did you mean \`${meant}\`?`;
  return known.length === 0 ? 'Remove it.' : `Use one of: ${known.map((name) => `\`${name}\``).join(', ')}.`;
}
