import { z } from 'zod';
import type { Path } from '../position.js';

/** The keys that a schema knows at a path of a value; empty where it knows none by name. */
export function knownKeys(schema: z.core.$ZodType, path: Path, value: unknown): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return knownKeys(schema.unwrap(), path, value);
  }
  if (schema instanceof z.ZodLazy) return knownKeys(schema.unwrap(), path, value);
  if (schema instanceof z.ZodUnion) {
    const options = schema.options.filter((option) => fits(option, value));
    return [...new Set(options.flatMap((option) => knownKeys(option, path, value)))];
  }
  const [step, ...rest] = path;
  if (schema instanceof z.ZodArray) {
    return typeof step === 'number' && Array.isArray(value) ? knownKeys(schema.element, rest, value[step]) : [];
  }
  if (schema instanceof z.ZodRecord)
    return isMap(value) && step !== undefined ? knownKeys(schema.valueType, rest, value[step]) : [];
  if (!(schema instanceof z.ZodObject)) return [];
  if (step === undefined) return Object.keys(schema.shape);
  const next: unknown = Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
  return next instanceof z.ZodType && isMap(value) ? knownKeys(next, rest, value[step]) : [];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an option of a union is meant: by list or map, and by the literal of its discriminator. */
function fits(option: z.core.$ZodType, value: unknown): boolean {
  if (option instanceof z.ZodArray) return Array.isArray(value);
  if (!(option instanceof z.ZodObject)) return !isMap(value) && !Array.isArray(value);
  if (!isMap(value)) return false;
  return Object.entries(option.shape).every(
    ([key, part]) => !(part instanceof z.ZodLiteral) || part.values.has(literalOf(value[key])),
  );
}

function literalOf(value: unknown): z.core.util.Literal {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
