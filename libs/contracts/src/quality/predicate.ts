import { quoteIdentifier } from '../sql/quoteIdentifier.js';
import { quoteText } from '../sql/quoteText.js';
import type { SparkType } from '../types/sparkType.js';
import { literal } from './literal.js';
import type { ListedValue, Metric } from './qualityRule.js';

/** A Spark SQL boolean that is true for each row that the metric counts, and never null. Null: the metric counts no rows by themselves. */
export function predicate(metric: Metric, column: string, type: SparkType): string | null {
  const name = quoteIdentifier(column);
  switch (metric.kind) {
    case 'nullValues':
      return `${name} is null`;
    case 'missingValues': {
      const listed = listOf(metric.values, type);
      const parts = [
        ...(metric.values.includes(null) ? [`${name} is null`] : []),
        ...(listed === '' ? [] : [`(${name} is not null and ${name} in (${listed}))`]),
      ];
      return parts.length === 1 ? (parts[0] ?? null) : `(${parts.join(' or ')})`;
    }
    case 'invalidValues': {
      const faults = [
        ...(metric.values === null ? [] : [`${name} not in (${listOf(metric.values, type)})`]),
        ...(metric.pattern === null ? [] : [`not (${asText(name, type)} rlike ${quoteText(metric.pattern)})`]),
      ];
      return `(${name} is not null and (${faults.join(' or ')}))`;
    }
    case 'duplicateValues':
    case 'rowCount':
    case 'sql':
      return null;
  }
}

const listOf = (values: readonly ListedValue[], type: SparkType): string =>
  values.flatMap((value) => (value === null ? [] : [literal(value, type)])).join(', ');

const asText = (name: string, type: SparkType): string => (type.kind === 'string' ? name : `cast(${name} as string)`);
