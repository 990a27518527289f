import type { Token } from '../sql/readTokens.js';
import { tokenText } from '../sql/tokenText.js';
import type { ColumnUse } from './columnUses.js';

/** SQL of tokens in which each use of a column is written anew. */
export function replaceColumns(
  text: string,
  tokens: readonly Token[],
  uses: readonly ColumnUse[],
  write: (use: ColumnUse) => string,
): string {
  const replaced = tokens.flatMap((token) => {
    const use = uses.find((candidate) => candidate.start <= token.start && token.end <= candidate.end);
    if (!use) return [token];
    return use.start === token.start ? [{ ...token, text: write(use), end: use.end }] : [];
  });
  return tokenText(text, replaced);
}
