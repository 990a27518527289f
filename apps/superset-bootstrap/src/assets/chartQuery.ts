import type { Chart } from '@lakehouse/plan';
import type { Params } from './chartParams.js';
import { isTemporal } from './datasetAsset.js';
import { metricName } from './metricsOf.js';
import { queryContext } from './queryContext.js';
import type { ShownTable } from './shownTables.js';
import { timeGrains } from './timeGrain.js';

/** What Superset asks for the chart where no browser says it: to fill its cache, or to hand out the data. */
export function chartQuery(chart: Chart, table: ShownTable, params: Params): Params {
  const metrics = chart.values.flatMap(({ label, metric }) => (metric === null ? [] : [metricName(label)]));
  const x = table.columns.find(({ name }) => name === chart.x);
  const axis =
    x === undefined
      ? []
      : [
          {
            columnType: 'BASE_AXIS',
            expressionType: 'SQL',
            label: x.name,
            sqlExpression: x.name,
            ...(chart.grain !== null && isTemporal(x) ? { timeGrain: timeGrains[chart.grain] } : {}),
          },
        ];
  const ranking = chart.kind === 'table' ? metrics.slice(0, 1) : [];
  return queryContext(
    {
      columns: [...axis, ...chart.by],
      metrics,
      where: chart.where,
      orderby: ranking.map((metric) => [metric, false] as const),
    },
    params,
  );
}
