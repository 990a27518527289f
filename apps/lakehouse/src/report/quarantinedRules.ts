import { readPayload } from '../render/quarantine.js';
import type { QuarantinedRow, QuarantinedTable } from '../runtime/results.js';
import type { QuarantinedRule } from './reportData.js';

const examplesOfRule = 3;

/** The name under which rows stand that could not be read at all. */
const unreadable = 'unreadable';

/** The values of a row, the one that the rule speaks of first. */
function brokenFirst(rule: string, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [, column = ''] = rule.split('/');
  return column in values ? { [column]: values[column], ...values } : values;
}

/** One entry a rule with rows in quarantine, with the first rows that break it as examples. */
export function quarantinedRules(
  tables: readonly QuarantinedTable[],
  rowsOf: ReadonlyMap<string, readonly QuarantinedRow[]>,
): readonly QuarantinedRule[] {
  return tables.flatMap(({ table, open, rules }) => {
    const rows = rowsOf.get(table) ?? [];
    const entry = (rule: string, count: number, breaking: readonly QuarantinedRow[]): QuarantinedRule => ({
      table,
      rule,
      rows: count,
      waiting: breaking.length > 0 && breaking.every(({ status }) => status === 'waiting'),
      examples: breaking.slice(0, examplesOfRule).map((row) => ({
        row: row.row,
        ...(row.reason === null ? {} : { reason: row.reason }),
        ...brokenFirst(rule, readPayload(row.payload)),
      })),
    });
    const unread = rows.filter(({ rules: broken, status }) => broken.length === 0 && status === 'open');
    const ruled = Object.values(rules).reduce((sum, count) => sum + count, 0);
    return [
      ...Object.entries(rules)
        .filter(([, count]) => count > 0)
        .map(([rule, count]) =>
          entry(
            rule,
            count,
            rows.filter((row) => row.rules.includes(rule)),
          ),
        ),
      ...(unread.length > 0 ? [entry(`${table}/${unreadable}`, ruled === 0 ? open : unread.length, unread)] : []),
    ];
  });
}
