import { distance } from 'fastest-levenshtein';

/** The name that was probably meant: the nearest known one, if no more than a third of its letters (at least two) differ. */
export function suggest(found: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.min(Math.max(2, Math.floor(found.length / 3)), found.length - 1) + 1;
  for (const name of known) {
    const differing = distance(found.toLowerCase(), name.toLowerCase());
    if (differing < least) {
      best = name;
      least = differing;
    }
  }
  return best;
}
