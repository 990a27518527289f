import { z } from 'zod';
import { anyMap, areUnique } from './common.js';

const count = z.int().min(0).optional();
const maybeText = z.string().optional();

const bounds = { exclusiveMaximum: maybeText, maximum: maybeText, exclusiveMinimum: maybeText, minimum: maybeText };
const moment = z.strictObject({
  format: maybeText,
  ...bounds,
  timezone: z.boolean().optional(),
  defaultTimezone: maybeText,
});
const numeric = {
  multipleOf: z.number().gt(0).optional(),
  maximum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
};

export const integerFormats = ['i8', 'i16', 'i32', 'i64', 'i128', 'u8', 'u16', 'u32', 'u64', 'u128'] as const;
export const numberFormats = ['f32', 'f64'] as const;

/** What `logicalTypeOptions` may hold for each logical type. */
export const logicalTypeOptions = {
  string: z.strictObject({ minLength: count, maxLength: count, pattern: maybeText, format: maybeText }),
  date: z.strictObject({ format: maybeText, ...bounds }),
  timestamp: moment,
  time: moment,
  integer: z.strictObject({ ...numeric, format: z.enum(integerFormats).optional() }),
  number: z.strictObject({ ...numeric, format: z.enum(numberFormats).optional() }),
  object: z.strictObject({
    maxProperties: count,
    minProperties: count,
    required: z.array(z.string()).min(1).refine(areUnique, 'names that differ').optional(),
  }),
  array: z.strictObject({ maxItems: count, minItems: count, uniqueItems: z.boolean().optional() }),
  boolean: anyMap,
} as const;

export const logicalTypes = [
  'string',
  'date',
  'timestamp',
  'time',
  'number',
  'integer',
  'object',
  'array',
  'boolean',
] as const;
export type LogicalType = (typeof logicalTypes)[number];
