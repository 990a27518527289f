import { z } from 'zod';
import { combinationIssue } from './combinationIssue.js';
import { anyMap, anyValue, areUnique, authoritativeDefinitions, customProperties, stableId, tags } from './common.js';

export const metrics = ['nullValues', 'missingValues', 'invalidValues', 'duplicateValues', 'rowCount'] as const;
export const qualityTypes = ['text', 'library', 'sql', 'custom'] as const;
export const dimensions = [
  'accuracy',
  'completeness',
  'conformity',
  'consistency',
  'coverage',
  'timeliness',
  'uniqueness',
] as const;

const pair = z.tuple([z.number(), z.number()]).refine(areUnique, 'two different numbers');

const operators = {
  mustBe: anyValue.optional(),
  mustNotBe: anyValue.optional(),
  mustBeGreaterThan: z.number().optional(),
  mustBeGreaterOrEqualTo: z.number().optional(),
  mustBeLessThan: z.number().optional(),
  mustBeLessOrEqualTo: z.number().optional(),
  mustBeBetween: pair.optional(),
  mustNotBeBetween: pair.optional(),
};
export const operatorNames = z.keyof(z.object(operators)).options;

const libraryKeys = ['metric', 'rule', 'arguments'] as const;
const customKeys = ['engine', 'implementation'] as const;

/** A quality rule. The standard lets the type decide which keys it may have, and a metric makes any rule a library rule. */
export const quality = z
  .strictObject({
    id: stableId.optional(),
    name: z.string().optional(),
    description: z.string().optional(),
    type: z.enum(qualityTypes).optional(),
    dimension: z.enum(dimensions).optional(),
    severity: z.string().optional(),
    unit: z.string().optional(),
    businessImpact: z.string().optional(),
    method: z.string().optional(),
    schedule: z.string().optional(),
    scheduler: z.string().optional(),
    tags: tags.optional(),
    authoritativeDefinitions: authoritativeDefinitions.optional(),
    customProperties: customProperties.optional(),
    metric: z.enum(metrics).optional(),
    rule: z.string().optional(),
    arguments: anyMap.optional(),
    query: z.string().optional(),
    engine: z.string().optional(),
    implementation: z.union([z.string(), anyMap]).optional(),
    ...operators,
  })
  .superRefine((rule, context) => {
    const isLibrary = rule.type === 'library' || rule.metric !== undefined;
    const isSql = rule.type === 'sql';
    const isCustom = rule.type === 'custom';
    const kind = rule.type === undefined ? 'A rule without type and metric' : `A rule of type \`${rule.type}\``;
    const require = (key: keyof typeof rule): void => {
      if (rule[key] === undefined)
        combinationIssue(context, [], `${kind} needs the key \`${key}\`.`, `Add \`${key}\`.`);
    };
    const forbid = (keys: readonly (keyof typeof rule)[]): void => {
      for (const key of keys) {
        if (rule[key] !== undefined)
          combinationIssue(context, [key], `${kind} cannot have the key \`${key}\`.`, 'Remove it, or change the type.');
      }
    };
    const [first, ...others] = operatorNames.filter((key) => rule[key] !== undefined);
    if (!isLibrary && !isSql) forbid(operatorNames);
    else if (first === undefined)
      combinationIssue(context, [], `${kind} needs an operator.`, 'Add one, such as `mustBe: 0`.');
    else
      for (const key of others)
        combinationIssue(
          context,
          [key],
          `A rule has one operator; this one has \`${first}\` too.`,
          'Make two rules of it.',
        );
    if (isLibrary) require('metric');
    else forbid(libraryKeys);
    if (isSql) require('query');
    else forbid(['query']);
    if (isCustom) for (const key of customKeys) require(key);
    else forbid(customKeys);
  });
export type Quality = z.infer<typeof quality>;
