import type { CheckOutcome, RunResult } from '../runtime/results.js';
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

function verdict(checks: readonly CheckOutcome[], style: Style): readonly string[] {
  const failed = checks.filter((check) => !check.passed && check.severity === 'error').length;
  const warned = checks.filter((check) => !check.passed && check.severity === 'warning');
  const passed = checks.length - failed - warned.length;
  if (checks.length === 0) {
    return [];
  }
  const parts = [
    style.green(`${formatNumber(passed)} passed`),
    ...(warned.length === 0 ? [] : [style.yellow(formatCount(warned.length, 'warning'))]),
    ...(failed === 0 ? [] : [style.red(`${formatNumber(failed)} failed`)]),
  ];
  return [
    `${style.bold('Quality')}  ${failed === 0 ? style.green('good') : style.red('failed')}: ${parts.join(', ')} of ${formatCount(checks.length, 'check')}`,
    ...warned.map(
      (check) =>
        `  ${style.yellow('!')} ${check.check}: ${check.actual === null ? 'no value' : formatNumber(check.actual)}, expected ${check.expected}`,
    ),
  ];
}

function outcome(result: RunResult, style: Style): string {
  const release = result.release === null ? '' : `, release ${style.bold(result.release)}`;
  switch (result.status) {
    case 'published':
      return `${style.green('Published')}${release}`;
    case 'refined':
      return `${style.green('Refined')}: silver is up to date, gold was left as it was`;
    case 'nothingNew':
      return `${style.green('Nothing new')}: every table is up to date${release}`;
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
