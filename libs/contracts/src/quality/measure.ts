import type { Measure } from '@lakehouse/plan';
import { quoteIdentifier } from '../sql/quoteIdentifier.js';
import type { SparkType } from '../types/sparkType.js';
import { predicate } from './predicate.js';
import type { QualityRule } from './qualityRule.js';

/** How the number of a rule is found. `typeOf` gives the type of a column. */
export function measure(rule: QualityRule, typeOf: (column: string) => SparkType): Measure {
  if (rule.metric.kind === 'sql') return { kind: 'query', sql: rule.metric.query };
  const count = countOf(rule, typeOf);
  // An aggregate over an empty table is 0 percent, and ANSI mode must not see a division by zero.
  const expression = rule.unit === 'percent' ? `coalesce(100.0D * ${count} / nullif(count(*), 0), 0.0D)` : count;
  return { kind: 'aggregate', expression };
}

function countOf({ metric, column }: QualityRule, typeOf: (column: string) => SparkType): string {
  if (metric.kind === 'duplicateValues') {
    const columns = metric.columns.map(quoteIdentifier).join(', ');
    return `(count(${columns}) - count(distinct ${columns}))`;
  }
  const counted = column === null ? null : predicate(metric, column, typeOf(column));
  return counted === null ? 'count(*)' : `count_if(${counted})`;
}
