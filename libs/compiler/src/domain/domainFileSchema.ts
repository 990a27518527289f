import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'a name of lower-case letters, digits and underscores that starts with a letter');

const bronzeTable = z
  .string()
  .regex(/^bronze\.[a-z][a-z0-9_]*$/, 'a bronze table like `bronze.flights`')
  .describe('The bronze table that the source is ingested into.');

const schedule = z
  .string()
  .regex(
    /^(@(hourly|daily|weekly|monthly|yearly)|\S+( \S+){4})$/,
    'a cron expression of five fields, or @hourly, @daily, @weekly, @monthly, @yearly',
  );

const jsonPath = z.string().regex(/^\$([.[].*)?$/, 'a JSONPath, which starts with `$`');

const watermark = {
  column: z.string().min(1).describe('The column whose largest value the next extraction starts from.'),
  lag: z
    .string()
    .regex(/^\d+[smhd]$/, 'a number with the unit s, m, h or d, like `3h`')
    .optional()
    .describe('How far back the next extraction reads again, because rows may become visible late.'),
};

const common = {
  name: name.describe('Unique in the workspace.'),
  columns: z
    .array(z.string().min(1))
    .optional()
    .describe('Columns to keep in bronze though no silver table reads them.'),
  into: bronzeTable,
  schedule: schedule
    .optional()
    .describe('When it is read. Default: the schedule of the domain. Files are also read when they arrive.'),
};

const format = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('csv'),
    header: z.boolean().optional().describe('Whether the first record names the columns. Default: true.'),
    delimiter: z.string().length(1, 'one character').optional().describe('Default: a comma.'),
    quote: z.string().length(1, 'one character').optional().describe('Default: a double quote.'),
    encoding: z.string().min(1).optional().describe('A Python codec name. Default: utf-8.'),
    nullValue: z.string().optional().describe('Unquoted fields with this text are null; the empty field always is.'),
  }),
  z.strictObject({ type: z.literal('jsonLines') }),
  z.strictObject({ type: z.literal('parquet') }),
]);

const pagination = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('cursor'), parameter: z.string().min(1), next: jsonPath }),
  z.strictObject({ type: z.literal('page'), parameter: z.string().min(1), first: z.number().int().optional() }),
]);

export const sourceFileSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('files'),
    ...common,
    connection: name
      .optional()
      .describe('Name of a connection to a folder. Without it the path is relative to the workspace.'),
    path: z.string().min(1).describe('A glob. Files may be plain, gzip or zip.'),
    format,
  }),
  z.strictObject({
    kind: z.literal('database'),
    ...common,
    connection: name,
    table: z.string().min(1).describe('The table or view to read.'),
    watermark: z.strictObject(watermark).optional(),
  }),
  z.strictObject({
    kind: z.literal('http'),
    ...common,
    connection: name,
    path: z.string().regex(/^\//, 'a path that starts with `/`'),
    parameters: z.record(z.string(), z.string()).optional().describe('Query parameters of every request.'),
    pagination: pagination.optional().describe('Default: none.'),
    records: jsonPath.describe('JSONPath of the records in a page.'),
    watermark: z
      .strictObject({ ...watermark, parameter: z.string().min(1).describe('Query parameter that carries it.') })
      .optional(),
  }),
]);

/** domain.yaml */
export const domainFileSchema = z.strictObject({
  domain: name.describe('The name of the folder that the file lies in.'),
  team: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'a name of lower-case letters, digits, hyphens and underscores'),
  description: z.string().optional(),
  owners: z.array(z.string().min(1)).optional().describe('Who is told when a run fails.'),
  schedule: schedule.optional().describe('Without it the domain runs by hand only.'),
  sources: z.array(sourceFileSchema).optional(),
});
export type DomainFile = z.infer<typeof domainFileSchema>;
export type SourceEntry = z.infer<typeof sourceFileSchema>;
