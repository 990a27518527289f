import type { Plan } from '@lakehouse/plan';
import type { Audit, FailedCheck } from '../runtime/results.js';
import { renderCell } from './cell.js';
import { formatCount, formatNumber, formatTimestamp } from './format.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

/** So much of a value is shown. */
const widest = 60;

function value(content: unknown): string {
  const text = renderCell(content).replaceAll(/\s+/g, ' ');
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
}

function rowsOf({ rows }: FailedCheck, style: Style): readonly string[] {
  const [first] = rows;
  if (first === undefined) return [];
  const names = Object.keys(first);
  const lines = rows.map((row) => names.map((name) => value(row[name])));
  return [
    `    ${style.dim('rows')}`,
    indented(
      renderTable(
        names.map((title) => ({ title })),
        lines,
        style,
      ),
    ),
  ];
}

function explain(check: FailedCheck, plan: Plan, style: Style): string {
  const table = plan.tables.find(({ name }) => name === check.table);
  const mark = check.severity === 'error' ? style.red('✗') : style.yellow('!');
  const fact = (name: string, text: string): string => `    ${style.dim(name.padEnd(8))}  ${text}`;
  return [
    `${mark} ${style.bold(check.check)}`,
    ...(check.description === '' ? [] : [`    ${check.description}`]),
    fact('table', check.table),
    ...(check.batch === null ? [] : [fact('batch', check.batch)]),
    fact('actual', check.actual === null ? 'no value' : formatNumber(check.actual)),
    fact('expected', check.expected),
    fact('severity', check.severity === 'error' ? 'error: it blocks a publish' : 'warning: it is recorded'),
    ...(table === undefined ? [] : [fact('contract', table.contract.file)]),
    ...(check.sql === null ? [] : [`    ${style.dim('SQL')}`, indented(check.sql)]),
    ...rowsOf(check, style),
    ...(check.note === null ? [] : [fact('note', check.note)]),
  ].join('\n');
}

/** The checks of a run that failed or warned, errors first, each with its rows and its SQL. */
export function renderAudit({ run, judged, checks }: Audit, plan: Plan, style: Style): string {
  const head = `${style.bold(run.id)}  ${run.domain}, ${run.status}, ${formatTimestamp(run.started_at)} UTC`;
  const failed = checks.filter(({ severity }) => severity === 'error');
  const warned = checks.filter(({ severity }) => severity === 'warning');
  const passed = formatNumber(judged - checks.length);
  const sum = `${passed} passed, ${formatCount(warned.length, 'warning')}, ${formatNumber(failed.length)} failed of ${formatCount(judged, 'check')}`;
  return [`${head}\n${sum}`, ...[...failed, ...warned].map((check) => explain(check, plan, style))].join('\n\n');
}
