import { type Comparison } from '@lakehouse/plan';
import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { comparisonRule } from './comparisonRule.js';

interface Case {
  readonly actual: number | null;
  readonly wanted: Comparison;
}

const python = new Map(comparisonRule()).get('rules/lakehouse/comparison.py') ?? '';

/** Calls the rule as DQOps does: the number is no attribute where there is none. */
const harness = `
import json, sys, types
out = []
for case in json.load(sys.stdin):
    given = {"parameters": types.SimpleNamespace(**case["wanted"])}
    if case["actual"] is not None:
        given["actual_value"] = case["actual"]
    found = evaluate_rule(types.SimpleNamespace(**given))
    out.append([found.passed, found.lower_bound, found.upper_bound])
print(json.dumps(out))
`;

function evaluated(cases: readonly Case[]): readonly (readonly [boolean, number | null, number | null])[] {
  const output = execFileSync('python3', ['-c', python + harness], { input: JSON.stringify(cases), encoding: 'utf8' });
  return JSON.parse(output) as [boolean, number | null, number | null][];
}

function passes(wanted: Comparison, actual: number): boolean {
  switch (wanted.operator) {
    case 'equal':
      return actual === wanted.value;
    case 'notEqual':
      return actual !== wanted.value;
    case 'greaterThan':
      return actual > wanted.value;
    case 'greaterOrEqual':
      return actual >= wanted.value;
    case 'lessThan':
      return actual < wanted.value;
    case 'lessOrEqual':
      return actual <= wanted.value;
    case 'between':
      return actual >= wanted.low && actual <= wanted.high;
    case 'notBetween':
      return actual < wanted.low || actual > wanted.high;
  }
}

const number = fc.integer({ min: -3, max: 3 }).map((whole) => whole / 2);
const wanted: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    operator: fc.constantFrom('equal', 'notEqual', 'greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual'),
    value: number,
  }),
  fc.record({ operator: fc.constantFrom('between', 'notBetween'), low: number, high: number }),
);

describe('the rule of custom checks', () => {
  it('compares as the standard does, and lets nothing pass that was not measured', () => {
    const cases = fc.sample(fc.record({ actual: fc.option(number, { freq: 10 }), wanted }), 2000);
    const found = evaluated(cases).map(([passed]) => passed);
    expect(found).toEqual(cases.map(({ actual, wanted: how }) => actual !== null && passes(how, actual)));
  });

  it('says between which bounds a number had to be', () => {
    const cases: readonly Case[] = [
      { actual: 1, wanted: { operator: 'lessThan', value: 8 } },
      { actual: 1, wanted: { operator: 'equal', value: 3 } },
      { actual: 1, wanted: { operator: 'between', low: 2, high: 4 } },
    ];
    expect(evaluated(cases).map(([, low, high]) => [low, high])).toEqual([
      [null, 8],
      [3, 3],
      [2, 4],
    ]);
  });
});
