import type { Path } from '../position.js';
import type { Reporter } from '../report/reporter.js';

/** Reports each rule whose id an earlier one has. */
export function uniqueIds(rules: readonly { readonly id: string; readonly path: Path }[], report: Reporter): void {
  const seen = new Set<string>();
  for (const { id, path } of rules) {
    if (seen.has(id)) {
      report.error(path, {
        code: 'LH1210',
        message: `There is a rule \`${id}\` already.`,
        fix: path.includes('relationships')
          ? 'Give this one the custom property `lakehouseId`.'
          : 'Give this one an `id` of its own.',
      });
    }
    seen.add(id);
  }
}
