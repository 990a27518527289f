import { type Table } from '@lakehouse/plan';
import { connectionName } from './paths.js';
import { type CheckType } from './slot.js';

const narrowing =
  /\b(where|having|qualify|limit|distinct|group|join|union|intersect|except|explode|tablesample|lateral|pivot|unpivot)\b/i;

/** The silver table that a gold table must have as many rows as: its only input, with the same key, by a model that drops no row. */
export function matchedInput(table: Table, keys: ReadonlyMap<string, readonly string[]>): string | null {
  if (table.layer !== 'gold' || table.model.kind !== 'sql' || table.inputs.length > 1) return null;
  const [input = ''] = table.inputs;
  const isSame = table.key.length > 0 && keys.get(input)?.join() === table.key.join();
  return isSame && input.startsWith('silver.') && !narrowing.test(table.model.sql) ? input : null;
}

/** The name of the comparison in the files of a table. */
export const comparisonName = 'rows_of_silver';

/** The part of a table's file that says what it is compared with. */
export function tableComparison(input: string, type: CheckType): object {
  return {
    [comparisonName]: {
      reference_table_connection_name: connectionName,
      reference_table_schema_name: 'silver',
      reference_table_name: input.slice('silver.'.length),
      check_type: type === 'profiling' ? 'profiling' : 'monitoring',
      ...(type === 'profiling' ? {} : { time_scale: 'daily' }),
    },
  };
}
