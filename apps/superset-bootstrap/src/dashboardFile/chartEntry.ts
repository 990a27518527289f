import { chartKinds, type Plan } from '@lakehouse/plan';
import type { Asset } from '../assets/asset.js';
import { metricName } from '../assets/metricsOf.js';
import { timeGrains } from '../assets/timeGrain.js';
import { isRecord } from '../compare/readBundle.js';
import type { ChartEntry, MetricEntry } from './dashboardFile.js';

type Content = Readonly<Record<string, unknown>>;

export interface FoundChart {
  /** Null where the language has no such chart. */
  readonly entry: ChartEntry | null;
  readonly leftOut: readonly string[];
}

interface Place {
  readonly name: string;
  readonly width: number;
}

/** A chart of Superset in the language of dashboards; what that cannot say is named. */
export function chartEntry(plan: Plan, chart: Asset, dataset: Asset | undefined, { name, width }: Place): FoundChart {
  const title = chart.title;
  const type = chartKinds.find((kind) => kind === chart.content['viz_type']);
  if (type === undefined) {
    return { entry: null, leftOut: [`"${title}": charts of kind ${String(chart.content['viz_type'])} are not known.`] };
  }
  if (dataset === undefined) return { entry: null, leftOut: [`"${title}": its dataset is not exported.`] };
  const params = isRecord(chart.content['params']) ? chart.content['params'] : {};
  const leftOut: string[] = [];
  const metrics = metricsOf(params, type).flatMap((metric): MetricEntry[] => {
    const found = metricEntry(plan, metric, dataset);
    if (found === null) leftOut.push(`"${title}": the metric ${JSON.stringify(metric)} is not known.`);
    return found === null ? [] : [found];
  });
  const { conditions, others } = conditionsOf(params['adhoc_filters']);
  leftOut.push(...others.map((filter) => `"${title}": the filter ${JSON.stringify(filter)}; write it as \`where\`.`));
  const by = type === 'bubble_v2' ? [params['entity'], params['series']] : [params['groupby']].flat();
  const columns = by.filter((column) => typeof column === 'string');
  const grain = Object.entries(timeGrains).find(([, duration]) => duration === params['time_grain_sqla'])?.[0];
  const limit = type === 'table' ? params['row_limit'] : undefined;
  const [first, ...rest] = metrics;
  return {
    entry: {
      name,
      title,
      type,
      table: dataset.title,
      ...(typeof params['x_axis'] === 'string' ? { x: params['x_axis'] } : {}),
      ...(grain === undefined || params['x_axis'] === undefined ? {} : { grain }),
      ...(columns.length > 0 ? { by: columns } : {}),
      ...(conditions.length > 0 ? { where: conditions.join(' and ') } : {}),
      ...(first !== undefined && rest.length === 0 && type !== 'table' ? { metric: first } : { metrics }),
      ...(params['orientation'] === 'horizontal' ? { horizontal: true } : {}),
      ...(typeof limit === 'number' ? { limit } : {}),
      width,
    },
    leftOut,
  };
}

function metricsOf(params: Content, type: string): readonly unknown[] {
  const found =
    type === 'bubble_v2' ? [params['x'], params['y'], params['size']] : [params['metrics'] ?? params['metric']].flat();
  return found.filter((metric) => metric !== undefined && metric !== null);
}

/** A metric that is saved with the dataset, or one that the chart alone has. */
function metricEntry(plan: Plan, metric: unknown, dataset: Asset): MetricEntry | null {
  if (typeof metric === 'string') return savedMetric(plan, metric, dataset);
  if (!isRecord(metric)) return null;
  const { expressionType, sqlExpression, label, aggregate, column } = metric;
  const columnName = isRecord(column) ? column['column_name'] : undefined;
  const simple =
    typeof aggregate === 'string' && typeof columnName === 'string' ? simpleExpression(aggregate, columnName) : null;
  const expression = expressionType === 'SQL' && typeof sqlExpression === 'string' ? sqlExpression : simple;
  return expression === null ? null : { expression, label: typeof label === 'string' ? label : expression };
}

function simpleExpression(aggregate: string, column: string): string {
  return aggregate === 'COUNT_DISTINCT' ? `count(distinct ${column})` : `${aggregate.toLowerCase()}(${column})`;
}

/** As it was written in a dashboard where it comes from one: there, divisions are not guarded. */
function savedMetric(plan: Plan, name: string, dataset: Asset): MetricEntry | null {
  const { metrics } = dataset.content;
  const saved = Array.isArray(metrics)
    ? metrics.filter(isRecord).find((entry) => entry['metric_name'] === name)
    : undefined;
  if (saved === undefined || typeof saved['expression'] !== 'string') return null;
  const written = plan.dashboards
    .flatMap(({ charts }) => charts)
    .filter(({ table }) => table === dataset.title)
    .flatMap(({ values }) => values)
    .find(({ label, metric }) => metric?.sql === saved['expression'] && metricName(label) === name)?.metric?.written;
  const { verbose_name: label, d3format: format } = saved;
  return {
    expression: written ?? saved['expression'],
    label: typeof label === 'string' && label !== '' ? label : name,
    ...(typeof format === 'string' && format !== '' ? { format } : {}),
  };
}

function conditionsOf(filters: unknown): { conditions: readonly string[]; others: readonly unknown[] } {
  const entries: readonly unknown[] = Array.isArray(filters) ? filters : [];
  const conditions = entries.flatMap((filter) =>
    isRecord(filter) && filter['expressionType'] === 'SQL' && typeof filter['sqlExpression'] === 'string'
      ? [filter['sqlExpression']]
      : [],
  );
  const others = entries.filter(
    (filter) => isRecord(filter) && filter['expressionType'] !== 'SQL' && filter['comparator'] !== 'No filter',
  );
  return { conditions: conditions.length > 1 ? conditions.map((text) => `(${text})`) : conditions, others };
}
