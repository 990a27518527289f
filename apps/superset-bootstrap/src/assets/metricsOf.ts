import type { Plan } from '@lakehouse/plan';

/** A metric of a dataset, which every chart on it shares. */
export interface DatasetMetric {
  readonly name: string;
  readonly label: string;
  readonly sql: string;
  readonly format: string | null;
}

/** The name that a metric has in Superset: the words of its label. */
export function metricName(label: string): string {
  return label
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_|_$/g, '');
}

/** Every metric that a chart of the plan shows of the table, each once, after the number of its rows. */
export function metricsOf(plan: Plan, table: string): readonly DatasetMetric[] {
  const metrics = new Map<string, DatasetMetric>([
    ['rows', { name: 'rows', label: 'rows', sql: 'count(*)', format: ',d' }],
  ]);
  for (const chart of plan.dashboards.flatMap(({ charts }) => charts)) {
    if (chart.table !== table) continue;
    for (const { label, format, metric } of chart.values) {
      const name = metricName(label);
      if (metric !== null) metrics.set(name, { name, label, sql: metric.sql, format });
    }
  }
  return [...metrics.values()];
}
