import { type Finding } from '../platform/diagnose.js';
import { type Style } from './style.js';

/** What doctor found, a line each; what stands in the way says what to do. */
export function renderFindings(findings: readonly Finding[], style: Style): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings
    .map(({ what, found, needed, fix }) => {
      const line = `${fix === null ? style.green('✓') : style.red('✗')} ${what.padEnd(width)}  ${found} ${style.dim(`(needed: ${needed})`)}`;
      return fix === null ? line : `${line}\n  ${' '.repeat(width)}  ${style.cyan('fix:')} ${fix}`;
    })
    .join('\n');
}
