import { type Result } from './reconcile/result.js';

/** The last lines of a run: what was left out and what to do about it, then how much was done. */
export function summary({ changes, leftOut }: Result): string {
  const missing = leftOut.flatMap(({ what, instead }) => [
    `left out: ${what}`,
    `    ${instead.replaceAll('\n', '\n    ')}`,
  ]);
  const done = changes === 0 ? 'nothing to change' : `${changes} ${changes === 1 ? 'change' : 'changes'} made`;
  const left = leftOut.length === 0 ? '' : `, ${leftOut.length} left out`;
  return [...missing, `${done}${left}`].join('\n');
}
