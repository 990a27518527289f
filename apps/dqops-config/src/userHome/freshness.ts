import { quoteIdentifier } from '@lakehouse/contracts';
import { type Check, type Measure, type Table } from '@lakehouse/plan';
import { customCheck } from './customCheck.js';
import { qualityDimension } from './qualityDimension.js';
import { builtIn, type Slot } from './slot.js';

type Age = Extract<Measure, { kind: 'age' }>;

/** Types that DQOps' freshness can read in Spark; for others it writes a cast that Spark does not know. */
const datable: readonly string[] = ['timestamp', 'date'];

/** The column by which DQOps tells the freshness of a table, of which it knows one a table; null where there is none. */
export function eventColumn(table: Table): string | null {
  const found = table.checks.find(
    ({ measure, comparison }) =>
      measure.kind === 'age' &&
      comparison.operator === 'lessOrEqual' &&
      datable.includes(typeOf(table, measure.column)),
  );
  return found?.measure.kind === 'age' ? found.measure.column : null;
}

const secondsOfDay = 24 * 3600;

/** The daily check of a service level: DQOps' own freshness, or the time since the newest value where that cannot say it. */
export function dailyFreshness(table: Table, check: Check, { column, unitSeconds }: Age): Slot {
  const { comparison, severity } = check;
  if (column === eventColumn(table) && comparison.operator === 'lessOrEqual') {
    const described = { display_name: check.id, ...qualityDimension(check.dimension) };
    return builtIn('daily', null, 'timeliness', 'data_freshness', {
      severity,
      rule: { max_days: (comparison.value * unitSeconds) / secondsOfDay },
      ...described,
    });
  }
  const newest = `unix_timestamp(max(cast(${quoteIdentifier(column)} as timestamp)))`;
  return customCheck('daily', check, {
    aggregate: `(unix_timestamp(current_timestamp()) - ${newest}) / ${unitSeconds}`,
  });
}

function typeOf({ columns }: Table, name: string): string {
  return columns.find((column) => column.name === name)?.type ?? '';
}
