import type { Check, RowRule } from '@lakehouse/plan';
import type { SparkType } from '../types/sparkType.js';
import { measure } from './measure.js';
import { predicate } from './predicate.js';
import type { QualityRule } from './qualityRule.js';

export type CompiledRule =
  | { readonly kind: 'row'; readonly rule: RowRule }
  | { readonly kind: 'check'; readonly check: Check };

/** Turns a quality rule into what the runtime executes. */
export function compileRule(rule: QualityRule, typeOf: (column: string) => SparkType): CompiledRule {
  const { id, column, description, dimension, metric, comparison, unit, severity, scope } = rule;
  const described = { id, column, description, dimension };
  if (scope === 'row') {
    const violation = column === null ? null : predicate(metric, column, typeOf(column));
    if (violation === null) throw new Error(`${id}: only a rule that counts the rows of a column can judge each row`);
    return { kind: 'row', rule: { kind: 'expression', ...described, violation } };
  }
  return { kind: 'check', check: { ...described, scope, severity, measure: measure(rule, typeOf), unit, comparison } };
}
