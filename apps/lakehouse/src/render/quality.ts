import type { Plan } from '@lakehouse/plan';
import type { Incident, Quality } from '../runtime/results.js';
import { formatCount, formatNumber, formatTimestamp } from './format.js';
import { describeRule } from './quarantine.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

type TableQuality = Quality['tables'][number];

function verdict({ verdict: found }: TableQuality, style: Style): string {
  if (found === null) return style.dim('never judged');
  const when = formatTimestamp(found.at);
  const counts = [
    ...(found.failed === 0 ? [] : [style.red(`${formatNumber(found.failed)} failed`)]),
    ...(found.warned === 0 ? [] : [style.yellow(formatCount(found.warned, 'warning'))]),
  ];
  const words = counts.length === 0 ? style.green('passed') : counts.join(', ');
  return `${words} of ${formatNumber(found.judged)} ${style.dim(when)}`;
}

/** 90 hours are told as hours, 900 as days. */
function age(hours: number): string {
  return hours < 96 ? `${formatNumber(Math.round(hours * 10) / 10)} h` : `${formatNumber(Math.round(hours / 24))} days`;
}

function freshness({ freshness: found }: TableQuality, style: Style): string {
  if (found === null) return style.dim('–');
  if (found.hours === null || found.passed === null) return `not measured, ${found.expected}`;
  const old = age(found.hours);
  return found.passed ? `${style.green(old)}, ${found.expected}` : `${style.red(old)}, not ${found.expected}`;
}

function held({ quarantine }: TableQuality, style: Style): string {
  const rows = quarantine === null ? 0 : quarantine.open + quarantine.waiting;
  return rows === 0 ? '0' : style.yellow(formatNumber(rows));
}

function overview({ tables, days }: Quality, style: Style): string {
  const columns = [
    { title: 'table' },
    { title: 'last audit (UTC)' },
    { title: `passed in ${String(days)} days`, align: 'right' as const },
    { title: 'quarantined', align: 'right' as const },
    { title: 'newest row' },
    { title: 'incidents', align: 'right' as const },
  ];
  const rows = tables.map((table) => [
    table.table,
    verdict(table, style),
    table.kpi === null ? '–' : `${table.kpi.toFixed(1)} %`,
    held(table, style),
    freshness(table, style),
    table.incidents.length === 0 ? '0' : style.red(String(table.incidents.length)),
  ]);
  return renderTable(columns, rows, style);
}

function failures({ tables }: Quality, style: Style): readonly string[] {
  const rows = tables.flatMap(({ verdict: found }) =>
    (found?.checks ?? []).map((check) => [
      check.severity === 'error' ? style.red('✗') : style.yellow('!'),
      check.check,
      check.actual === null ? 'no value' : formatNumber(check.actual),
      check.expected,
      check.batch ?? '',
    ]),
  );
  const columns = [
    { title: '' },
    { title: 'check' },
    { title: 'actual', align: 'right' as const },
    { title: 'expected' },
    { title: 'batch' },
  ];
  return rows.length === 0
    ? []
    : [`${style.bold('Did not pass the last audit')}\n${renderTable(columns, rows, style)}`];
}

function rules({ tables }: Quality, plan: Plan, style: Style): readonly string[] {
  const rows = tables.flatMap(({ quarantine }) =>
    Object.entries(quarantine?.rules ?? {})
      .filter(([, count]) => count > 0)
      .sort(([, left], [, right]) => right - left)
      .map(([rule, count]) => [rule, formatNumber(count), describeRule(plan, rule) ?? '']),
  );
  const columns = [{ title: 'rule' }, { title: 'rows', align: 'right' as const }, { title: 'what it demands' }];
  return rows.length === 0 ? [] : [`${style.bold('In quarantine')}\n${renderTable(columns, rows, style)}`];
}

function incident(found: Incident, style: Style): string {
  const state = found.status === 'acknowledged' ? `acknowledged by ${found.by ?? 'somebody'}` : found.status;
  const color = found.severity === 'warning' ? style.yellow : style.red;
  const behind = found.downstream.filter((name) => name !== found.table);
  return [
    `${color('●')} ${style.bold(found.table)} ${found.dimension}, ${state}, ${style.dim(found.id)}`,
    `    ${found.description}`,
    `    since ${formatTimestamp(found.firstSeen)}, last ${formatTimestamp(found.lastSeen)} UTC${behind.length === 0 ? '' : `; it stands behind ${behind.join(', ')}`}`,
  ].join('\n');
}

/** The quality of all tables on one screen: verdicts, numbers, quarantine, freshness, and the incidents that stand. */
export function renderQuality(quality: Quality, plan: Plan, style: Style): string {
  const incidents = quality.incidents.map((found) => incident(found, style));
  return [
    overview(quality, style),
    ...failures(quality, style),
    ...rules(quality, plan, style),
    `${style.bold('Incidents')}\n${incidents.length === 0 ? style.dim('none') : incidents.join('\n')}`,
  ].join('\n\n');
}
