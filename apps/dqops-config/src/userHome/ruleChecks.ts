import { quoteIdentifier } from '@lakehouse/contracts';
import { type Check, type RowRule, type Table } from '@lakehouse/plan';
import { customCheck, type ContractRule } from './customCheck.js';
import { dailyFreshness } from './freshness.js';
import { qualityDimension } from './qualityDimension.js';
import { referenceCheck } from './referenceCheck.js';
import { resolveQuery, unreadable, type Place } from './place.js';
import { builtIn, type CheckType, type Slot } from './slot.js';

/** Why DQOps cannot check a rule, or null where it can. */
export function obstacle(check: Check): string | null {
  if (check.scope === 'batch') {
    return 'it judges a batch before its rows are quarantined, which no table shows; the pipeline judges it alone';
  }
  const hidden = check.measure.kind === 'query' ? unreadable(check.measure.sql) : [];
  return hidden.length === 0 ? null : `it reads ${hidden.join(', ')}, which user dqops may not see`;
}

/**
 * The check of a table rule. The gate leaves freshness to the daily checks: it runs when data has just come. It takes none of DQOps'
 * own checks where there is a choice: they sum over the rows, so an empty table has no result, and no result is a failed audit.
 */
export function tableRuleCheck(type: CheckType, table: Table, check: Check, place: Place): readonly Slot[] {
  const { measure } = check;
  switch (measure.kind) {
    case 'aggregate': {
      const custom = customCheck(type, check, { aggregate: measure.expression });
      return [type === 'daily' && countsNulls(check, measure.expression) ? nullsCount(check, custom) : custom];
    }
    case 'query':
      return [customCheck(type, check, { query: resolveQuery(measure.sql, place) })];
    case 'orphans':
      return [referenceCheck(type, check, measure.reference, measure.unit, place)];
    case 'age':
      return type === 'profiling' ? [] : [dailyFreshness(table, check, measure)];
  }
}

/**
 * The daily check of a row rule. A value of the wrong type cannot reach silver; that a column keeps its type is seen by
 * the check of the table's schema.
 */
export function rowRuleCheck(rule: RowRule, place: Place): readonly Slot[] {
  const none: ContractRule = { ...rule, severity: 'error', comparison: { operator: 'equal', value: 0 } };
  switch (rule.kind) {
    case 'expression': {
      const expression = `count_if(${rule.violation})`;
      const custom = customCheck('daily', none, { aggregate: expression });
      return [countsNulls(none, expression) ? nullsCount(none, custom) : custom];
    }
    case 'reference':
      return [referenceCheck('daily', none, rule.reference, 'rows', place)];
    case 'type':
      return [];
  }
}

/** Whether a rule says that its column is never null, for which DQOps has a check of its own. */
function countsNulls({ column, comparison }: ContractRule, expression: string): boolean {
  const isZero = comparison.operator === 'equal' && comparison.value === 0;
  return column !== null && isZero && expression === `count_if(${quoteIdentifier(column)} is null)`;
}

function nullsCount(rule: ContractRule, otherwise: Slot): Slot {
  const described = { display_name: rule.id, ...qualityDimension(rule.dimension) };
  const check = { severity: rule.severity, rule: { max_count: 0 }, ...described };
  return { ...builtIn('daily', rule.column, 'nulls', 'nulls_count', check), otherwise };
}
