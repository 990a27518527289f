import type { Comparison } from '@lakehouse/plan';

/** A comparison in words: `at most 5`. */
export function comparisonText(comparison: Comparison): string {
  switch (comparison.operator) {
    case 'equal':
      return `${comparison.value}`;
    case 'notEqual':
      return `not ${comparison.value}`;
    case 'greaterThan':
      return `more than ${comparison.value}`;
    case 'greaterOrEqual':
      return `at least ${comparison.value}`;
    case 'lessThan':
      return `less than ${comparison.value}`;
    case 'lessOrEqual':
      return `at most ${comparison.value}`;
    case 'between':
      return `${comparison.low} to ${comparison.high}`;
    case 'notBetween':
      return `not ${comparison.low} to ${comparison.high}`;
  }
}
