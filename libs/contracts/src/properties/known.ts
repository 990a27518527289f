import { z } from 'zod';

const name = z.string().min(1);
const names = z.array(name).min(1);
const percentage = z.number().min(0).max(100);

/** Where a custom property may stand. */
export type PropertyPlace = 'root' | 'quality' | 'relationship';

/** The custom properties that the pipeline executes. Names without the prefix `lakehouse` belong to other tools. */
export const knownProperties = {
  lakehouseLayer: {
    place: 'root',
    layer: null,
    schema: z.enum(['silver', 'gold', 'ops']),
    form: '`silver`, `gold` or `ops`',
  },
  lakehouseOrigin: {
    place: 'root',
    layer: 'silver',
    schema: z.string().regex(/^bronze\.[a-z][a-z0-9_]*$/),
    form: 'a bronze table such as `bronze.flights`',
  },
  lakehouseOrderingColumn: { place: 'root', layer: 'silver', schema: name, form: 'the name of a column' },
  lakehouseDriftPolicy: {
    place: 'root',
    layer: 'silver',
    schema: z.enum(['rescue', 'freeze', 'discard']),
    form: '`rescue`, `freeze` or `discard`',
  },
  lakehouseMaxQuarantine: { place: 'root', layer: 'silver', schema: percentage, form: 'a percentage from 0 to 100' },
  lakehouseClusteredBy: { place: 'root', layer: null, schema: names, form: 'a list of columns' },
  lakehouseAffectedKeys: {
    place: 'root',
    layer: 'gold',
    schema: z.strictObject({ columns: names, inputs: z.record(z.string(), names).optional() }),
    form: 'a map such as `{ columns: [day], inputs: { silver.weather: ["cast(time_hour as date)"] } }`',
  },
  lakehouseScope: { place: 'quality', layer: null, schema: z.enum(['batch', 'table']), form: '`batch` or `table`' },
  lakehouseSeverity: {
    place: 'relationship',
    layer: null,
    schema: z.enum(['error', 'warning']),
    form: '`error` or `warning`',
  },
  lakehouseMaxOrphans: { place: 'relationship', layer: null, schema: percentage, form: 'a percentage from 0 to 100' },
  lakehouseId: {
    place: 'relationship',
    layer: null,
    schema: z.string().regex(/^[A-Za-z0-9_-]+$/),
    form: 'an id of letters, digits, `_` and `-`',
  },
} as const;

export type PropertyName = keyof typeof knownProperties;
export const propertyNames = Object.keys(knownProperties).filter(isPropertyName);

export function isPropertyName(text: string): text is PropertyName {
  return Object.hasOwn(knownProperties, text);
}
