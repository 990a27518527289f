import type { Comparison } from '@lakehouse/plan';
import { operatorNames, type Quality } from '../odcs/quality.js';
import type { Path } from '../position.js';
import type { Reporter } from '../report/reporter.js';

/** The comparison of a rule; null after a problem was reported, or where the rule has none. */
export function readComparison(rule: Quality, path: Path, report: Reporter): Comparison | null {
  const operator = operatorNames.find((name) => rule[name] !== undefined);
  switch (operator) {
    case 'mustBe':
    case 'mustNotBe': {
      const value = rule[operator];
      if (typeof value !== 'number') {
        report.error([...path, operator], {
          code: 'LH1206',
          message: `\`${operator}\` has to be a number: a rule compares a count, a percentage or the number that its query returns.`,
          fix: 'Write a number without quotes; let a query count what is wrong.',
        });
        return null;
      }
      return { operator: operator === 'mustBe' ? 'equal' : 'notEqual', value };
    }
    case 'mustBeGreaterThan':
      return single('greaterThan', rule.mustBeGreaterThan);
    case 'mustBeGreaterOrEqualTo':
      return single('greaterOrEqual', rule.mustBeGreaterOrEqualTo);
    case 'mustBeLessThan':
      return single('lessThan', rule.mustBeLessThan);
    case 'mustBeLessOrEqualTo':
      return single('lessOrEqual', rule.mustBeLessOrEqualTo);
    case 'mustBeBetween':
    case 'mustNotBeBetween': {
      const [low, high] = rule[operator] ?? [0, 0];
      if (low > high) {
        report.error([...path, operator], {
          code: 'LH1206',
          message: `\`${operator}\` has its larger number first.`,
          fix: `Write [${high}, ${low}].`,
        });
        return null;
      }
      return { operator: operator === 'mustBeBetween' ? 'between' : 'notBetween', low, high };
    }
    case undefined:
      return null;
  }
}

type Single = Exclude<Comparison['operator'], 'between' | 'notBetween'>;

const single = (operator: Single, value: number | undefined): Comparison | null =>
  value === undefined ? null : { operator, value };
