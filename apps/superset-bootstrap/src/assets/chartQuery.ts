import type { Chart } from '@lakehouse/plan';
import type { Params } from './chartParams.js';
import { isTemporal } from './datasetAsset.js';
import { metricName } from './metricsOf.js';
import type { ShownTable } from './shownTables.js';
import { timeGrains } from './timeGrain.js';

/**
 * What Superset asks for the chart where no browser says it: to fill its cache, or to hand out the data.
 * The id of the dataset is put in when it is imported.
 */
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
  const ranked = chart.kind === 'table' && metrics[0] !== undefined;
  return {
    datasource: { id: 0, type: 'table' },
    force: false,
    queries: [
      {
        columns: [...axis, ...chart.by],
        metrics,
        filters: [],
        extras: { having: '', where: chart.where === null ? '' : `(${chart.where})` },
        orderby: ranked ? [[metrics[0], false]] : [],
        row_limit: params['row_limit'] ?? null,
        annotation_layers: [],
        applied_time_extras: {},
        url_params: {},
        custom_params: {},
        custom_form_data: {},
      },
    ],
    form_data: params,
    result_format: 'json',
    result_type: 'full',
  };
}
