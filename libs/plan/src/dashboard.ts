import { z } from 'zod';

/** A chart on one gold table. `sql` reads `${gold.table}` and yields the columns that `x`, `series` and `values` name. */
export const chartSchema = z
  .strictObject({
    title: z.string(),
    kind: z.enum(['echarts_timeseries_line', 'echarts_timeseries_bar', 'bar', 'big_number_total', 'heatmap', 'table']),
    table: z.string(),
    sql: z.string(),
    x: z.string().nullable(),
    /** Column whose values become series (or the y axis of a heat map). */
    series: z.string().nullable(),
    values: z.array(
      z
        .strictObject({ column: z.string(), label: z.string(), format: z.string().nullable() })
        .meta({ id: 'ChartValue' }),
    ),
    /** Columns of a row of twelve. */
    width: z.number().int().min(1).max(12),
  })
  .meta({ id: 'Chart' });
export type Chart = z.infer<typeof chartSchema>;

export const dashboardSchema = z
  .strictObject({
    name: z.string(),
    domain: z.string(),
    title: z.string(),
    description: z.string(),
    filters: z.array(z.string()),
    charts: z.array(chartSchema).min(1),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.infer<typeof dashboardSchema>;
