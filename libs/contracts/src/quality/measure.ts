import type { CountedRows, Measure } from '@lakehouse/plan';
import { quoteIdentifier } from '../sql/quoteIdentifier.js';
import type { SparkType } from '../types/sparkType.js';
import { predicate } from './predicate.js';
import type { QualityRule } from './qualityRule.js';

/** How the number of a rule is found. `typeOf` gives the type of a column. */
export function measure(rule: QualityRule, typeOf: (column: string) => SparkType): Measure {
  if (rule.metric.kind === 'sql') return { kind: 'query', sql: rule.metric.query };
  const { count, rows } = countOf(rule, typeOf);
  // An aggregate over an empty table is 0 percent, and ANSI mode must not see a division by zero.
  const expression = rule.unit === 'percent' ? `coalesce(100.0D * ${count} / nullif(count(*), 0), 0.0D)` : count;
  return { kind: 'aggregate', expression, ...(rows === undefined ? {} : { rows }) };
}

interface Count {
  readonly count: string;
  readonly rows?: CountedRows;
}

function countOf({ metric, column }: QualityRule, typeOf: (column: string) => SparkType): Count {
  if (metric.kind === 'duplicateValues') {
    const columns = metric.columns.map(quoteIdentifier).join(', ');
    return {
      count: `(count(${columns}) - count(distinct ${columns}))`,
      rows: { kind: 'repeated', columns: [...metric.columns] },
    };
  }
  const condition = column === null ? null : predicate(metric, column, typeOf(column));
  return condition === null
    ? { count: 'count(*)' }
    : { count: `count_if(${condition})`, rows: { kind: 'where', condition } };
}
