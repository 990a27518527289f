import { z } from 'zod';
import { jsonSchemaOf } from './jsonSchema.js';

describe('jsonSchemaOf', () => {
  it('names the discriminator of a union and puts named schemas under $defs', () => {
    const circle = z.strictObject({ kind: z.literal('circle'), radius: z.number().int() }).meta({ id: 'Circle' });
    const point = z.strictObject({ kind: z.literal('point') }).meta({ id: 'Point' });

    const schema = jsonSchemaOf(z.discriminatedUnion('kind', [circle, point]));

    expect(schema).toMatchObject({
      discriminator: { propertyName: 'kind' },
      oneOf: [{ $ref: '#/$defs/Circle' }, { $ref: '#/$defs/Point' }],
      $defs: { Circle: { properties: { radius: { type: 'integer' } }, additionalProperties: false } },
    });
    expect(schema).not.toHaveProperty('$defs.Circle.id');
    expect(schema).not.toHaveProperty('$defs.Circle.properties.radius.maximum');
  });

  it('keeps bounds that were asked for', () => {
    expect(jsonSchemaOf(z.number().int().min(1).max(12))).toMatchObject({ minimum: 1, maximum: 12 });
  });
});
