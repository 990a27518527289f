import { z } from 'zod';

export const grains = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

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
  title: z.string().min(1),
  type: z.enum(['echarts_timeseries_line', 'echarts_timeseries_bar', 'bar', 'big_number_total', 'heatmap', 'table']),
  table: z.string().regex(/^gold\.[a-z][a-z0-9_]*$/, 'a gold table like `gold.daily_carrier_punctuality`'),
  x: z.string().min(1).optional().describe('The column along the x axis.'),
  grain: z.enum(grains).optional().describe('The step to which a date or timestamp on the x axis is cut.'),
  by: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('The column that makes the series; the columns of a table chart.'),
  metric: metric.optional(),
  metrics: z.array(metric).min(1).optional(),
  limit: z.number().int().min(1).max(10_000).optional().describe('Most rows of a table chart. Default: 1000.'),
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
