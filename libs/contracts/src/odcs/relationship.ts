import { z } from 'zod';
import { combinationIssue } from './combinationIssue.js';
import { customProperties } from './common.js';

const shorthand = String.raw`[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*`;
const step = String.raw`[A-Za-z_][A-Za-z0-9_]*\/[A-Za-z0-9_-]+`;
const qualified = String.raw`(?:(?:https?:\/\/)?[A-Za-z0-9._\-\/]+\.yaml#)?\/?${step}(?:\/${step})*`;
const reference = z
  .string()
  .regex(
    new RegExp(`^(?:${shorthand}|${qualified})$`),
    'a reference such as `airlines.carrier` or `schema/airlines/properties/carrier`',
  );
const references = z.union([reference, z.array(reference).min(1)]);

const common = { type: z.literal('foreignKey').optional(), customProperties: customProperties.optional() };

/** A relationship of a property: the property itself is where it comes from. */
export const propertyRelationship = z.strictObject({ ...common, to: references });
export type PropertyRelationship = z.infer<typeof propertyRelationship>;

/** A relationship of a schema object. */
export const objectRelationship = z
  .strictObject({ ...common, from: references, to: references })
  .superRefine(({ from, to }, context) => {
    if (Array.isArray(from) === Array.isArray(to)) return;
    combinationIssue(
      context,
      ['to'],
      '`from` is one reference and `to` a list, or the other way round.',
      'Write both as a list.',
    );
  });
export type ObjectRelationship = z.infer<typeof objectRelationship>;
