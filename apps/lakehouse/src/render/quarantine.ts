import type { Plan } from '@lakehouse/plan';
import { z } from 'zod';
import type { QuarantinedRow, QuarantinedTable, Replayed } from '../runtime/results.js';
import { renderCell } from './cell.js';
import { formatCount, formatNumber, formatTimestamp } from './format.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

/** What a row rule demands, in words; null where the plan does not know the rule any more. */
export function describeRule(plan: Plan, rule: string): string | null {
  if (rule.endsWith('/malformed')) {
    return 'the record can be read';
  }
  for (const table of plan.tables) {
    const found = table.layer === 'silver' ? table.rowRules.find(({ id }) => id === rule) : undefined;
    if (found !== undefined) {
      return found.description;
    }
  }
  return null;
}

/** Rows in quarantine by table and rule; a row that breaks two rules counts for both. */
export function renderQuarantineList(tables: readonly QuarantinedTable[], plan: Plan, style: Style): string {
  const held = tables.filter(({ open, waiting }) => open + waiting > 0);
  if (held.length === 0) {
    return 'Quarantine is empty.';
  }
  return held
    .map(({ table, open, waiting, replayed, rules }) => {
      return `${style.bold(table)}  ${formatNumber(open)} open, ${formatNumber(waiting)} waiting for a parent, ${formatNumber(replayed)} replayed\n${renderRules(rules, plan, style)}`;
    })
    .join('\n\n');
}

function renderRules(rules: Readonly<Record<string, number>>, plan: Plan, style: Style): string {
  const columns = [{ title: 'rule' }, { title: 'rows', align: 'right' as const }, { title: 'what it demands' }];
  const rows = Object.entries(rules)
    .filter(([, count]) => count > 0)
    .sort(([, left], [, right]) => right - left)
    .map(([rule, count]) => [
      rule,
      formatNumber(count),
      describeRule(plan, rule) ?? style.dim('not in the plan any more'),
    ]);
  return renderTable(columns, rows, style);
}

/** What a replay came to: the rows that were merged, and by rule those that still break it. */
export function renderReplay(table: string, { merged, broken }: Replayed, plan: Plan, style: Style): string {
  const { inserted, updated, unchanged, supersededInBatch, supersededByTarget } = merged;
  const older = unchanged + supersededInBatch + supersededByTarget;
  const done = `${formatCount(inserted + updated, 'row')} merged into ${style.bold(table)}, ${formatNumber(older)} brought nothing newer.`;
  if (Object.keys(broken).length === 0) {
    return done;
  }
  const unread = Object.keys(broken).some((rule) => rule.endsWith('/malformed'))
    ? `\n${style.dim('A row that could not be read is mended by naming its values: --row ID --set column=value, once for each column.')}`
    : '';
  return `${done}\nThe others stay in quarantine:\n${renderRules(broken, plan, style)}${unread}`;
}

const payloadSchema = z.record(z.string(), z.unknown());

/** The columns of a payload; a raw text that is no JSON object stands as it is under `text`. */
export function readPayload(payload: string | null): Readonly<Record<string, unknown>> {
  if (payload === null) {
    return {};
  }
  try {
    const parsed = payloadSchema.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : { text: payload };
  } catch {
    return { text: payload };
  }
}

function mending({ row, payload }: QuarantinedRow): string {
  return payload === null
    ? 'mend the file where it comes from and deliver it again'
    : `mend it at its source, or name its values: quarantine replay --row ${row} --set column=value …`;
}

function renderRow(row: QuarantinedRow, style: Style): string {
  const values = Object.entries(readPayload(row.payload));
  const width = Math.max(0, ...values.map(([name]) => name.length));
  return [
    `${style.bold(row.row)} ${style.dim(`${row.status}, since ${formatTimestamp(row.quarantinedAt)} UTC`)}`,
    ...row.rules.map((rule) => `  ${style.yellow('breaks')} ${rule}`),
    ...(row.reason === null ? [] : [`  ${style.yellow('unreadable')} ${row.reason}`, `  ${style.dim(mending(row))}`]),
    ...values.map(([name, value]) => `  ${style.dim(name.padEnd(width))}  ${renderCell(value)}`),
  ].join('\n');
}

/** Rows in quarantine with all their columns. */
export function renderQuarantinedRows(rows: readonly QuarantinedRow[], style: Style): string {
  return rows.length === 0
    ? 'There is no such row in quarantine.'
    : [...rows.map((row) => renderRow(row, style)), style.dim(formatCount(rows.length, 'row'))].join('\n\n');
}
