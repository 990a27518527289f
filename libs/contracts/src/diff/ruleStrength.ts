import type { Comparison } from '@lakehouse/plan';
import type { Metric, QualityRule } from '../quality/qualityRule.js';
import { equal } from './equal.js';

/** What became of the promise that a rule makes. `other`: neither form follows from the other, as far as can be told. */
export type Strength = 'same' | 'stricter' | 'looser' | 'other';

/** Compares two forms of one rule. */
export function ruleStrength(before: QualityRule, after: QualityRule): Strength {
  if (
    (before.unit ?? 'rows') !== (after.unit ?? 'rows') &&
    !(allowsNone(before.comparison) && allowsNone(after.comparison))
  )
    return 'other';
  const comparison = comparisonStrength(before.comparison, after.comparison);
  const metric = metricStrength(before.metric, after.metric);
  if (metric === 'same') return comparison;
  // What is counted grew or shrank: that says something only of rules that limit the count from above.
  if (comparison !== 'same' || !limitsFromAbove(after.comparison)) return 'other';
  return metric;
}

const allowsNone = (comparison: Comparison): boolean => comparison.operator === 'equal' && comparison.value === 0;

function limitsFromAbove(comparison: Comparison): boolean {
  return comparison.operator === 'lessThan' || comparison.operator === 'lessOrEqual' || allowsNone(comparison);
}

/** `stricter`: the metric counts everything that it counted, and more. */
function metricStrength(before: Metric, after: Metric): Strength {
  if (equal(before, after)) return 'same';
  if (before.kind === 'missingValues' && after.kind === 'missingValues')
    return listStrength(after.values, before.values);
  if (before.kind === 'invalidValues' && after.kind === 'invalidValues' && before.pattern === after.pattern) {
    if (before.values === null) return 'stricter';
    if (after.values === null) return 'looser';
    return listStrength(before.values, after.values);
  }
  return 'other';
}

/** `stricter`: `fewer` holds all of `more`, and something else. */
function listStrength(more: readonly unknown[], fewer: readonly unknown[]): Strength {
  const shrank = fewer.every((value) => more.includes(value));
  const grew = more.every((value) => fewer.includes(value));
  return shrank && grew ? 'same' : shrank ? 'stricter' : grew ? 'looser' : 'other';
}

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly openLow: boolean;
  readonly openHigh: boolean;
}

/** The numbers that pass a comparison, as one interval or two. */
function passing(comparison: Comparison): Interval[] {
  const closed = (low: number, high: number): Interval => ({ low, high, openLow: false, openHigh: false });
  const below = (high: number, openHigh: boolean): Interval => ({ low: -Infinity, high, openLow: true, openHigh });
  const above = (low: number, openLow: boolean): Interval => ({ low, high: Infinity, openLow, openHigh: true });
  switch (comparison.operator) {
    case 'equal':
      return [closed(comparison.value, comparison.value)];
    case 'notEqual':
      return [below(comparison.value, true), above(comparison.value, true)];
    case 'greaterThan':
      return [above(comparison.value, true)];
    case 'greaterOrEqual':
      return [above(comparison.value, false)];
    case 'lessThan':
      return [below(comparison.value, true)];
    case 'lessOrEqual':
      return [below(comparison.value, false)];
    case 'between':
      return [closed(comparison.low, comparison.high)];
    case 'notBetween':
      return [below(comparison.low, true), above(comparison.high, true)];
  }
}

function isWithin(inner: Interval, outer: Interval): boolean {
  const low = inner.low > outer.low || (inner.low === outer.low && (inner.openLow || !outer.openLow));
  const high = inner.high < outer.high || (inner.high === outer.high && (inner.openHigh || !outer.openHigh));
  return low && high;
}

/** Whether the second comparison lets pass fewer numbers, more, the same, or others. */
export function comparisonStrength(before: Comparison, after: Comparison): Strength {
  const covers = (outer: Comparison, inner: Comparison): boolean =>
    passing(inner).every((part) => passing(outer).some((whole) => isWithin(part, whole)));
  const stricter = covers(before, after);
  const looser = covers(after, before);
  return stricter && looser ? 'same' : stricter ? 'stricter' : looser ? 'looser' : 'other';
}
