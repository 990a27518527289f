import { quoteIdentifier } from '@lakehouse/contracts';
import { type Reference } from '@lakehouse/plan';
import { customCheck, type ContractRule } from './customCheck.js';
import { nameOf, sqlName, type Place } from './place.js';
import { qualityDimension } from './qualityDimension.js';
import { builtIn, type CheckType, type Slot } from './slot.js';

/**
 * The check of a foreign key: of the daily ones DQOps' lookup where it counts the same, else a query.
 *
 * A lookup joins one column with the parent as it is, so a parent with several rows of one key would be counted several times;
 * and it has no result where there are no rows.
 */
export function referenceCheck(
  type: CheckType,
  rule: ContractRule,
  reference: Reference,
  unit: 'rows' | 'percent',
  place: Place,
): Slot {
  const { parent, parentColumns, columns } = reference;
  const most = atMost(rule.comparison);
  const [column] = columns;
  const isKey = place.keys.get(parent)?.join() === parentColumns.join();
  const query = customCheck(type, rule, { query: orphans(reference, unit, place) });
  if (type === 'profiling' || column === undefined || columns.length > 1 || most === null || !isKey) return query;
  const parameters = { foreign_table: nameOf(parent, place), foreign_column: parentColumns[0] };
  const [name, limits] =
    unit === 'rows'
      ? ['lookup_key_not_found', { max_count: Math.floor(most) }]
      : ['lookup_key_found_percent', { min_percent: 100 - most }];
  const described = { display_name: rule.id, ...qualityDimension(rule.dimension) };
  const lookup = { severity: rule.severity, rule: limits, parameters, ...described };
  return { ...builtIn('daily', column, 'integrity', name, lookup), otherwise: query };
}

/** The largest number that a comparison lets pass, where it lets all smaller ones pass too: counts are never negative. */
function atMost(comparison: ContractRule['comparison']): number | null {
  if (comparison.operator === 'lessOrEqual') return comparison.value;
  return comparison.operator === 'equal' && comparison.value === 0 ? 0 : null;
}

function orphans({ columns, parent, parentColumns }: Reference, unit: 'rows' | 'percent', place: Place): string {
  const child = columns.map((name) => `c.${quoteIdentifier(name)}`);
  const keys = parentColumns.map(quoteIdentifier);
  const present = child.map((name) => `${name} is not null`).join(' and ');
  const count = `count_if(p.${keys[0] ?? ''} is null and ${present})`;
  const value = unit === 'rows' ? count : `coalesce(100.0 * ${count} / nullif(count(*), 0), 0.0)`;
  const matches = child.map((name, index) => `p.${keys[index] ?? ''} = ${name}`).join(' and ');
  const parents = `select distinct ${keys.join(', ')} from ${nameOf(parent, place)}`;
  return `select ${value} from ${sqlName(place.schema, place.table)} c left join (${parents}) p on ${matches}`;
}
