import { z } from 'zod';

const watermark = z
  .strictObject({
    column: z.string(),
    /** Seconds that the next extraction reads again, because rows may become visible late. */
    lagSeconds: z.number().int().nonnegative(),
  })
  .meta({ id: 'Watermark' });

const common = {
  name: z.string(),
  domain: z.string(),
  /** The bronze table it is ingested into: `bronze.flights`. */
  table: z.string(),
  /** Columns that the domain knows; any other is drift. */
  columns: z.array(z.string()),
  drift: z.enum(['rescue', 'freeze', 'discard']),
  /** When a scheduler reads it: a cron expression or @hourly, @daily, …; null: only by hand, and files when they arrive. */
  schedule: z.string().nullable(),
};

export const fileFormatSchema = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('csv'),
        header: z.boolean(),
        delimiter: z.string().length(1),
        quote: z.string().length(1),
        /** A Python codec name. */
        encoding: z.string(),
        /** Unquoted fields with this text are null; the empty field always is. */
        nullValue: z.string().nullable(),
      })
      .meta({ id: 'CsvFormat' }),
    z.strictObject({ type: z.literal('jsonLines') }).meta({ id: 'JsonLinesFormat' }),
    z.strictObject({ type: z.literal('parquet') }).meta({ id: 'ParquetFormat' }),
  ])
  .meta({ id: 'FileFormat' });
export type FileFormat = z.infer<typeof fileFormatSchema>;

export const paginationSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none') }).meta({ id: 'NoPagination' }),
    /** The response holds the next cursor at the JSONPath `next`; it is sent as query parameter `parameter`. */
    z
      .strictObject({ type: z.literal('cursor'), parameter: z.string(), next: z.string() })
      .meta({ id: 'CursorPagination' }),
    /** Pages are numbered from `first`; the first page without records ends the reading. */
    z
      .strictObject({ type: z.literal('page'), parameter: z.string(), first: z.number().int() })
      .meta({ id: 'PagePagination' }),
  ])
  .meta({ id: 'Pagination' });
export type Pagination = z.infer<typeof paginationSchema>;

/** A source of a domain. `connection` names a URL that the environment gives. */
export const sourceSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('files'),
        ...common,
        /** Null: `path` is relative to the workspace. */
        connection: z.string().nullable(),
        /** A glob, relative to the connection's folder. */
        path: z.string(),
        format: fileFormatSchema,
      })
      .meta({ id: 'FileSource' }),
    z
      .strictObject({
        kind: z.literal('database'),
        ...common,
        connection: z.string(),
        /** The table or view to read. */
        relation: z.string(),
        /** Null: the whole relation is read in each run, and landed when its content changed. */
        watermark: watermark.nullable(),
      })
      .meta({ id: 'DatabaseSource' }),
    z
      .strictObject({
        kind: z.literal('http'),
        ...common,
        connection: z.string(),
        path: z.string(),
        parameters: z.record(z.string(), z.string()),
        pagination: paginationSchema,
        /** JSONPath of the records in a page. */
        records: z.string(),
        /** `parameter` is the query parameter that carries the watermark less its lag. */
        watermark: watermark.extend({ parameter: z.string() }).meta({ id: 'HttpWatermark' }).nullable(),
      })
      .meta({ id: 'HttpSource' }),
  ])
  .meta({ id: 'Source' });
export type Source = z.infer<typeof sourceSchema>;
