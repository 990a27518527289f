import type { Chart } from '@lakehouse/plan';

/** What the labels of metrics mean, for all tables: the tools that show dashboards keep one metric of a label and table. */
export type MetricMeanings = Map<
  string,
  { readonly sql: string; readonly format: string | null; readonly chart: string }
>;

/** Adds the metrics of a chart; those that mean something else than before are returned, with the chart that was first. */
export function addMeanings(meanings: MetricMeanings, chart: Chart): readonly { label: string; other: string }[] {
  return chart.values.flatMap(({ label, format, metric }) => {
    if (metric === null) return [];
    const key = `${chart.table}\n${label}`;
    const known = meanings.get(key);
    if (known !== undefined) {
      return known.sql === metric.sql && known.format === format ? [] : [{ label, other: known.chart }];
    }
    meanings.set(key, { sql: metric.sql, format, chart: chart.title });
    return [];
  });
}
