import { z } from 'zod';

const isPresent = (value: unknown): boolean =>
  value !== undefined && (typeof value !== 'number' || Number.isFinite(value));

export const stableId = z.string().regex(/^[A-Za-z0-9_-]+$/, 'an id of letters, digits, `_` and `-`');
export const tags = z.array(z.string());
/** Any JSON value; the key has to be there. */
export const anyValue = z.custom<unknown>(isPresent, { error: 'a value' });
/** A JSON value that is no list and no map. */
export const scalarValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A JSON map. */
export const anyMap = z.record(z.string(), z.unknown());

/** JSON Schema's `uniqueItems` for scalars. */
export const areUnique = (items: readonly unknown[]): boolean => new Set(items).size === items.length;

export const customProperty = z.strictObject({
  id: stableId.optional(),
  property: z.string(),
  value: anyValue,
  description: z.string().optional(),
});
export const customProperties = z.array(customProperty);
export type CustomProperty = z.infer<typeof customProperty>;

export const authoritativeDefinitions = z.array(
  z.strictObject({
    id: stableId.optional(),
    url: z.string(),
    type: z.string(),
    description: z.string().optional(),
  }),
);
