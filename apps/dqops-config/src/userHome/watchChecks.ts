import { type Table } from '@lakehouse/plan';
import { builtIn, type Slot } from './slot.js';

/** The share of days, in percent, whose value may lie outside of what DQOps expects; smaller means fewer alarms. */
const anomaly = { anomaly_percent: 0.1 };

/**
 * What is watched beyond the contract, each day: anomalies of rows, sums and nulls, drift of the schema, and whether the
 * table can be read at all. Anomalies say nothing before there are 30 days of history, so none of them is in the gate.
 */
export function watchChecks(table: Table): readonly Slot[] {
  const warn = (column: string | null, category: string, name: string, rule: object): Slot =>
    builtIn('daily', column, category, name, { severity: 'warning', rule });
  const ofTable = [
    warn(null, 'volume', 'row_count_anomaly', anomaly),
    // Compared with the day before, not counted: DESCRIBE shows two lines too many for a partitioned table.
    warn(null, 'schema', 'column_list_changed', {}),
    warn(null, 'schema', 'column_types_changed', {}),
    builtIn('daily', null, 'availability', 'table_availability', { severity: 'error', rule: { max_failures: 0 } }),
  ];
  const ofColumns =
    table.layer === 'silver'
      ? table.columns
          .filter(({ nullable }) => nullable)
          .map(({ name }) => warn(name, 'nulls', 'nulls_percent_anomaly', anomaly))
      : summed(table).map((name) => warn(name, 'anomaly', 'sum_anomaly', anomaly));
  return [...ofTable, ...ofColumns];
}

/** Columns of gold that can be added up: whole numbers and decimals that are no part of the key. Doubles may be places or ratios. */
function summed({ columns, key }: Table): readonly string[] {
  return columns
    .filter(({ name, type }) => !key.includes(name) && /^(tinyint|smallint|int|bigint|decimal\(.*\))$/.test(type))
    .map(({ name }) => name);
}

/** What the gate asks of every table besides its rules: that it has rows, and in silver no key twice. */
export function gateChecks(table: Table): readonly Slot[] {
  const rows = builtIn('profiling', null, 'volume', 'row_count', { severity: 'warning', rule: { min_count: 1 } });
  if (table.layer === 'gold') return [rows];
  const unique = builtIn('profiling', null, 'uniqueness', 'duplicate_record_count', {
    severity: 'error',
    rule: { max_count: 0 },
    parameters: { columns: [...table.key] },
  });
  return [rows, unique];
}
