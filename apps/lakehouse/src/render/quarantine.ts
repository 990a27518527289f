import type { Plan } from '@lakehouse/plan';
import { z } from 'zod';
import type { QuarantinedRow, QuarantinedTable } from '../runtime/results.js';
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
  const columns = [{ title: 'rule' }, { title: 'rows', align: 'right' as const }, { title: 'what it demands' }];
  return held
    .map(({ table, open, waiting, replayed, rules }) => {
      const rows = Object.entries(rules)
        .filter(([, count]) => count > 0)
        .sort(([, left], [, right]) => right - left)
        .map(([rule, count]) => [
          rule,
          formatNumber(count),
          describeRule(plan, rule) ?? style.dim('not in the plan any more'),
        ]);
      const unread =
        rows.length === 0 ? '\nrows that could not be read at all' : `\n${renderTable(columns, rows, style)}`;
      return `${style.bold(table)}  ${formatNumber(open)} open, ${formatNumber(waiting)} waiting for a parent, ${formatNumber(replayed)} replayed${unread}`;
    })
    .join('\n\n');
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

function renderRow(row: QuarantinedRow, style: Style): string {
  const values = Object.entries(readPayload(row.payload));
  const width = Math.max(0, ...values.map(([name]) => name.length));
  return [
    `${style.bold(row.row)} ${style.dim(`${row.status}, since ${formatTimestamp(row.quarantinedAt)} UTC`)}`,
    ...row.rules.map((rule) => `  ${style.yellow('breaks')} ${rule}`),
    ...(row.reason === null ? [] : [`  ${style.yellow('unreadable')} ${row.reason}`]),
    ...values.map(([name, value]) => `  ${style.dim(name.padEnd(width))}  ${renderCell(value)}`),
  ].join('\n');
}

/** Rows in quarantine with all their columns. */
export function renderQuarantinedRows(rows: readonly QuarantinedRow[], style: Style): string {
  return rows.length === 0
    ? 'There is no such row in quarantine.'
    : [...rows.map((row) => renderRow(row, style)), style.dim(formatCount(rows.length, 'row'))].join('\n\n');
}
