import { type Comparison, type Severity } from '@lakehouse/plan';
import { comparisonRuleName } from './comparisonRule.js';
import { qualityDimension } from './qualityDimension.js';
import { type CheckType, type Slot } from './slot.js';

/** What a custom check measures: an aggregate over the rows of its table, or a query of one value. */
export type Measurement = { readonly aggregate: string } | { readonly query: string };

export interface ContractRule {
  readonly id: string;
  readonly column: string | null;
  readonly dimension: string | null;
  readonly severity: Severity;
  readonly comparison: Comparison;
}

/**
 * A rule of a contract as a custom check: the number is found by the very SQL that the pipeline uses, and compared by
 * the very operator. DQOps' own checks know no strict bounds, and each of them can stand at a table only once.
 */
export function customCheck(type: CheckType, rule: ContractRule, measurement: Measurement): Slot {
  const target = rule.column === null ? 'table' : 'column';
  const { sensor, parameters } = sensorOf(measurement);
  return {
    type,
    column: rule.column,
    category: 'custom',
    name: checkName(rule),
    body: {
      display_name: rule.id,
      ...qualityDimension(rule.dimension),
      sensor_name: `${target}/custom_sql/${sensor}`,
      rule_name: comparisonRuleName,
      parameters,
      [rule.severity]: { ...rule.comparison },
    },
  };
}

function sensorOf(measurement: Measurement): { readonly sensor: string; readonly parameters: object } {
  return 'aggregate' in measurement
    ? { sensor: 'sql_aggregated_expression', parameters: { sql_expression: measurement.aggregate } }
    : {
        sensor: 'import_custom_result',
        parameters: { sql_query: `select cast((${measurement.query}\n) as double) as actual_value` },
      };
}

/** `silver.weather/temp/nullValues` → `null_values`, `gold.x/every-flight-is-counted` → `every_flight_is_counted`. */
export function checkName({ id }: Pick<ContractRule, 'id'>): string {
  const last = id.slice(id.lastIndexOf('/') + 1);
  const snake = last.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return snake.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'rule';
}
