import { chartKinds, grains } from '@lakehouse/plan';
import { z } from 'zod';

const name = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'a name of lower-case letters, digits and underscores that starts with a letter');

const metric = z.strictObject({
  expression: z
    .string()
    .min(1)
    .describe('A Spark SQL aggregate over the columns of the table: `sum(on_time) / sum(arrived)`.'),
  label: z.string().min(1),
  format: z.string().min(1).optional().describe('A d3 number format: `.0%`, `,d`.'),
});
export type Metric = z.infer<typeof metric>;

const chart = z.strictObject({
  name: name
    .optional()
    .describe('Its name in the dashboard, which stays when the title changes. Default: the words of the title.'),
  title: z.string().min(1),
  type: z.enum(chartKinds).describe('The kind of chart, by the name that Superset gives it.'),
  table: z.string().regex(/^(gold|ops)\.[a-z][a-z0-9_]*$/, 'a gold or ops table like `gold.daily_carrier_punctuality`'),
  x: z.string().min(1).optional().describe('The column along the x axis.'),
  grain: z.enum(grains).optional().describe('The step to which a date or timestamp on the x axis is cut.'),
  by: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'The column that makes the series; the columns of a table chart; of a bubble chart what makes a bubble, then what colours it.',
    ),
  where: z
    .string()
    .min(1)
    .optional()
    .describe("A Spark SQL condition on the rows that are shown: `status = 'failed'`."),
  metric: metric.optional(),
  metrics: z
    .array(metric)
    .min(1)
    .optional()
    .describe('Several metrics; of a bubble chart the place along the x axis, that along the y axis, and the size.'),
  limit: z.number().int().min(1).max(10_000).optional().describe('Most rows of a table chart. Default: 1000.'),
  horizontal: z.boolean().optional().describe('Bars lie, the largest on top, because their names need room.'),
  width: z.number().int().min(1).max(12).optional().describe('Columns of a row of twelve. Default: 12.'),
});
export type ChartEntry = z.infer<typeof chart>;

/** dashboards/<dashboard>.yaml */
export const dashboardFileSchema = z.strictObject({
  dashboard: name.describe('The name of the file without `.yaml`.'),
  title: z.string().min(1),
  description: z.string().optional(),
  filters: z.array(z.string().min(1)).optional().describe('Columns by which the charts can be filtered.'),
  charts: z.array(chart).min(1),
});
export type DashboardFile = z.infer<typeof dashboardFileSchema>;
