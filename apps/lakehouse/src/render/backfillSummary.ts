import type { BackfillResult } from '../runtime/results.js';
import { formatCount } from './format.js';
import { renderRunSummary } from './runSummary.js';
import type { Style } from './style.js';

/** The end of a backfill: what was refined again, then what a run says. */
export function renderBackfillSummary(domain: string, result: BackfillResult, seconds: number, style: Style): string {
  const { intervals } = result;
  if (result.status === 'nothingNew') {
    return `${style.bold(domain)}  ${style.green('Nothing to do')}: no batch that was refined is of these days`;
  }
  const batches = new Set(intervals.flatMap((interval) => interval.batches));
  const tables = new Set(intervals.map(({ table }) => table));
  const resumed = intervals.filter((interval) => interval.resumed).length;
  const before = resumed === 0 ? '' : `, ${formatCount(resumed, 'interval')} of them before it was cut short`;
  return [
    `Refined again ${formatCount(batches.size, 'batch', 'batches')} in ${formatCount(tables.size, 'table')}, interval by interval${before}`,
    renderRunSummary(domain, result, seconds, style),
  ].join('\n\n');
}
