import { z } from 'zod';

/** Kinds of charts, by the names that Apache Superset gives them. */
export const chartKinds = [
  'echarts_timeseries_line',
  'echarts_timeseries_bar',
  'big_number_total',
  'heatmap_v2',
  'bubble_v2',
  'table',
] as const;

/** Steps to which a point in time is cut, as Spark's date_trunc names them. */
export const grains = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

/** A chart on one published table. `sql` reads `${gold.table}` and yields the columns that `x`, `by` and `values` name. */
export const chartSchema = z
  .strictObject({
    /** Within its dashboard; it stays when the title changes. */
    name: z.string(),
    title: z.string(),
    kind: z.enum(chartKinds),
    table: z.string(),
    sql: z.string(),
    x: z.string().nullable(),
    grain: z.enum(grains).nullable(),
    /** Columns whose values the rows are grouped by, beside the x axis. */
    by: z.array(z.string()),
    /** The one of `by` whose values become series (or the y axis of a heat map). */
    series: z.string().nullable(),
    /** A Spark SQL condition on the rows that are shown. */
    where: z.string().nullable(),
    /** Columns of `sql`. Those of a metric have the aggregate, as it is computed and as it was written. */
    values: z.array(
      z
        .strictObject({
          column: z.string(),
          label: z.string(),
          format: z.string().nullable(),
          metric: z.strictObject({ sql: z.string(), written: z.string() }).meta({ id: 'ChartMetric' }).nullable(),
        })
        .meta({ id: 'ChartValue' }),
    ),
    /** Most rows of a table chart. */
    limit: z.number().int().nullable(),
    /** Bars lie where their names need room. */
    horizontal: z.boolean(),
    /** Columns of a row of twelve. */
    width: z.number().int().min(1).max(12),
  })
  .meta({ id: 'Chart' });
export type Chart = z.infer<typeof chartSchema>;

export const dashboardSchema = z
  .strictObject({
    name: z.string(),
    domain: z.string(),
    /** Relative to the workspace. */
    file: z.string(),
    title: z.string(),
    description: z.string(),
    filters: z.array(z.string()),
    charts: z.array(chartSchema).min(1),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.infer<typeof dashboardSchema>;
