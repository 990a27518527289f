import type { CheckOutcome, RunResult } from '../runtime/results.js';
import { summarizeChecks, type CheckSummary } from './checkSummary.js';
import { formatCount, formatNumber, formatSeconds } from './format.js';
import type { Style } from './style.js';
import { summarizeTables } from './tableSummary.js';
import { renderTable } from './table.js';

function cell(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}

function flagged(value: number | null, style: Style): string {
  return value === null || value === 0 ? cell(value) : style.yellow(cell(value));
}

function warning(summary: CheckSummary, style: Style): string {
  const { shown, judged, notPassed } = summary;
  const actual = shown.actual === null ? 'no value' : formatNumber(shown.actual);
  const batches = judged === 1 ? '' : ` in ${formatNumber(notPassed)} of ${formatNumber(judged)} batches`;
  return `  ${style.yellow('!')} ${summary.check}: ${actual}, expected ${shown.expected}${batches}`;
}

function verdict(outcomes: readonly CheckOutcome[], style: Style): readonly string[] {
  const checks = summarizeChecks(outcomes);
  if (checks.length === 0) {
    return [];
  }
  const failed = checks.filter(({ state }) => state === 'failed').length;
  const warned = checks.filter(({ state }) => state === 'warned');
  const passed = checks.length - failed - warned.length;
  const parts = [
    style.green(`${formatNumber(passed)} passed`),
    ...(warned.length === 0 ? [] : [style.yellow(formatCount(warned.length, 'warning'))]),
    ...(failed === 0 ? [] : [style.red(`${formatNumber(failed)} failed`)]),
  ];
  const state = failed === 0 ? style.green('good') : style.red('failed');
  return [
    `${style.bold('Quality')}  ${state}: ${parts.join(', ')} of ${formatCount(checks.length, 'check')}`,
    ...warned.map((summary) => warning(summary, style)),
  ];
}

function outcome(result: RunResult, style: Style): string {
  const release = result.release === null ? '' : ` as ${style.bold(result.release)}`;
  switch (result.status) {
    case 'published':
      return `${style.green('Published')}${release}`;
    case 'rolledBack':
      return `${style.green('Rolled back')}${release}`;
    case 'refined':
      return `${style.green('Refined')}: silver is up to date, gold was left as it was`;
    case 'nothingNew':
      return `${style.green('Nothing new')}: every table is up to date`;
    case 'auditFailed':
      return `${style.red('Audit failed')}: gold is left as it was`;
    case 'failed':
      return `${style.red('Failed')}: the next run continues where this one stopped`;
    case 'interrupted':
      return `${style.yellow('Interrupted')}: the next run continues where this one stopped`;
  }
}

/** The end of a run: per table what happened to its rows, the verdict on quality, the release. */
export function renderRunSummary(domain: string, result: RunResult, seconds: number, style: Style): string {
  const tables = summarizeTables(result.tables);
  const rows = tables.map((table) => [
    table.table,
    cell(table.rowsIn),
    cell(table.merged),
    cell(table.unchanged),
    flagged(table.quarantined, style),
    flagged(table.waiting, style),
    cell(table.superseded),
    table.seconds.toFixed(1),
  ]);
  const columns = [
    { title: 'table' },
    ...['rows in', 'merged', 'unchanged', 'quarantined', 'waiting', 'superseded', 'seconds'].map((title) => ({
      title,
      align: 'right' as const,
    })),
  ];
  const blocks = [
    ...(rows.length === 0 ? [] : [renderTable(columns, rows, style)]),
    [
      ...verdict(result.checks, style),
      `${style.bold(domain)}  ${outcome(result, style)} ${style.dim(`(${formatSeconds(seconds)}, run ${result.run})`)}`,
    ].join('\n'),
  ];
  return blocks.join('\n\n');
}
