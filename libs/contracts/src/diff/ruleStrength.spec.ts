import type { Comparison } from '@lakehouse/plan';
import * as fc from 'fast-check';
import { comparisonStrength } from './ruleStrength.js';

const number = fc.integer({ min: -5, max: 5 });
const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc
    .tuple(fc.constantFrom('equal', 'notEqual', 'greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual'), number)
    .map(([operator, value]): Comparison => ({ operator, value })),
  fc
    .tuple(fc.constantFrom('between', 'notBetween'), number, fc.integer({ min: 1, max: 4 }))
    .map(([operator, low, width]): Comparison => ({ operator, low, high: low + width })),
);

function passes(rule: Comparison, value: number): boolean {
  switch (rule.operator) {
    case 'equal':
      return value === rule.value;
    case 'notEqual':
      return value !== rule.value;
    case 'greaterThan':
      return value > rule.value;
    case 'greaterOrEqual':
      return value >= rule.value;
    case 'lessThan':
      return value < rule.value;
    case 'lessOrEqual':
      return value <= rule.value;
    case 'between':
      return value >= rule.low && value <= rule.high;
    case 'notBetween':
      return value < rule.low || value > rule.high;
  }
}

/** Halves between and beyond all numbers that a comparison names. */
const values = Array.from({ length: 81 }, (_, index) => index / 2 - 20);

describe('comparisonStrength', () => {
  it('agrees with which numbers pass', () => {
    fc.assert(
      fc.property(comparison, comparison, (before, after) => {
        const lost = values.some((value) => passes(before, value) && !passes(after, value));
        const won = values.some((value) => !passes(before, value) && passes(after, value));
        const expected = lost ? (won ? 'other' : 'stricter') : won ? 'looser' : 'same';
        expect([before, after, comparisonStrength(before, after)]).toEqual([before, after, expected]);
      }),
      { numRuns: 2000 },
    );
  });
});
