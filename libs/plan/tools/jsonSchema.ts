import { z } from 'zod';

const notice = 'Generated from libs/plan/src by `npm run generate -w @lakehouse/plan`. Do not edit.';

/**
 * The JSON Schema of a zod schema, named schemas under `$defs`. A discriminated union names its discriminator the way
 * OpenAPI does, so that readers in other languages pick the member by it, and plain integers carry no bounds.
 */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const generated = z.toJSONSchema(schema, {
    override: ({ zodSchema, jsonSchema }) => {
      delete jsonSchema.id;
      if (zodSchema instanceof z.ZodDiscriminatedUnion) {
        jsonSchema['discriminator'] = { propertyName: zodSchema.def.discriminator };
      }
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) {
        delete jsonSchema.minimum;
      }
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
        delete jsonSchema.maximum;
      }
    },
  });
  return { $comment: notice, ...generated };
}
