import type { Chart } from '@lakehouse/plan';
import { isTemporal, timeColumn } from './datasetAsset.js';
import { metricName } from './metricsOf.js';
import type { ShownTable } from './shownTables.js';
import { timeGrains } from './timeGrain.js';

export type Params = Readonly<Record<string, unknown>>;

/** Those that Superset's control offers. */
const widestMargin = 200;
const margins = [50, 75, 100, 125, 150, 175, widestMargin];

/** Points of a line or bars that are asked for at most. */
const mostPoints = 10_000;

/** The controls of a chart, as Superset's explore view stores them; what is not said is Superset's default. */
export function chartParams(chart: Chart, table: ShownTable): Params {
  const metrics = chart.values.flatMap(({ label, metric }) => (metric === null ? [] : [metricName(label)]));
  const shared = { viz_type: chart.kind, adhoc_filters: filters(chart, table), annotation_layers: [] };
  switch (chart.kind) {
    case 'echarts_timeseries_line':
    case 'echarts_timeseries_bar':
      return { ...shared, ...series(chart, table, metrics) };
    case 'heatmap_v2':
      return { ...shared, ...heatmap(chart, table, metrics) };
    case 'bubble_v2':
      return { ...shared, ...bubbles(chart, metrics) };
    case 'big_number_total':
      return {
        ...shared,
        metric: metrics[0],
        subheader: chart.values[0]?.label,
        header_font_size: 0.4,
        subheader_font_size: 0.15,
        y_axis_format: formatOf(chart),
      };
    case 'table':
      return {
        ...shared,
        query_mode: 'aggregate',
        groupby: [...chart.by],
        metrics,
        timeseries_limit_metric: metrics[0],
        order_desc: true,
        row_limit: chart.limit,
        table_timestamp_format: 'smart_date',
        show_cell_bars: true,
        color_pn: false,
        include_search: false,
      };
  }
}

function series(chart: Chart, table: ShownTable, metrics: readonly string[]): Params {
  const x = table.columns.find(({ name }) => name === chart.x);
  const isTime = x !== undefined && isTemporal(x);
  const isBar = chart.kind === 'echarts_timeseries_bar';
  // Only counts can be put on top of each other; shares and averages cannot.
  const isDivided = chart.series !== null || metrics.length > 1;
  const counts = isDivided && chart.values.every(({ format }) => format?.endsWith('d') === true);
  const label = chart.values.map((value) => value.label).join(', ');
  return {
    x_axis: chart.x,
    time_grain_sqla: chart.grain === null ? null : timeGrains[chart.grain],
    metrics,
    groupby: [...chart.by],
    row_limit: mostPoints,
    truncate_metric: true,
    color_scheme: 'lakehouse',
    y_axis_format: formatOf(chart),
    // Where there are several metrics, the legend names them.
    ...(metrics.length > 1
      ? {}
      : { y_axis_title: label, y_axis_title_margin: chart.horizontal ? 30 : 50, y_axis_title_position: 'Left' }),
    x_axis_time_format: 'smart_date',
    rich_tooltip: true,
    tooltipTimeFormat: 'smart_date',
    show_legend: isDivided,
    legendOrientation: 'top',
    legendType: 'scroll',
    ...(isBar
      ? {
          orientation: chart.horizontal ? 'horizontal' : 'vertical',
          stack: counts ? 'Stack' : null,
          show_value: !isDivided && !isTime,
          ...(isTime
            ? {}
            : {
                xAxisForceCategorical: true,
                x_axis_sort: chart.horizontal ? metrics[0] : chart.x,
                // Lying bars are drawn from the bottom.
                x_axis_sort_asc: true,
              }),
        }
      : { seriesType: 'line', area: false, markerEnabled: false, connectNulls: false }),
  };
}

function heatmap(chart: Chart, table: ShownTable, metrics: readonly string[]): Params {
  return {
    x_axis: chart.x,
    time_grain_sqla: chart.grain === null ? null : timeGrains[chart.grain],
    groupby: chart.by[0],
    metric: metrics[0],
    row_limit: mostPoints,
    sort_x_axis: 'alpha_asc',
    sort_y_axis: 'alpha_desc',
    normalize_across: 'heatmap',
    legend_type: 'continuous',
    linear_color_scheme: 'lakehouse_sequential',
    xscale_interval: -1,
    yscale_interval: -1,
    left_margin: margin(chart.by[0], table),
    bottom_margin: 50,
    value_bounds: [null, null],
    y_axis_format: formatOf(chart),
    x_axis_time_format: '%b %Y',
    show_legend: true,
    show_percentage: false,
    show_values: true,
  };
}

function bubbles(chart: Chart, metrics: readonly string[]): Params {
  const [x, y, size] = chart.values;
  return {
    entity: chart.by[0],
    series: chart.series,
    x: metrics[0],
    y: metrics[1],
    size: metrics[2],
    row_limit: mostPoints,
    color_scheme: 'lakehouse',
    show_legend: chart.series !== null,
    legendOrientation: 'top',
    legendType: 'scroll',
    max_bubble_size: '50',
    opacity: 0.6,
    x_axis_label: x?.label,
    x_axis_title_margin: 30,
    xAxisFormat: x?.format ?? 'SMART_NUMBER',
    y_axis_label: y?.label,
    y_axis_title_margin: 40,
    y_axis_format: y?.format ?? 'SMART_NUMBER',
    tooltipSizeFormat: size?.format ?? 'SMART_NUMBER',
    truncateXAxis: true,
    truncateYAxis: true,
    xAxisBounds: [null, null],
    y_axis_bounds: [null, null],
  };
}

/** Pixels that the names of rows need, by the examples of their contract. */
function margin(name: string | undefined, { columns }: ShownTable): number {
  const examples = columns.find((column) => column.name === name)?.examples ?? [];
  const longest = Math.max(0, ...examples.map((example) => example.length));
  return margins.find((pixels) => pixels >= longest * 9) ?? widestMargin;
}

/** A time range of the dashboard goes by the dataset's time column. */
function filters(chart: Chart, table: ShownTable): readonly Params[] {
  const time = timeColumn(table);
  const range =
    time === null
      ? []
      : [
          {
            clause: 'WHERE',
            comparator: 'No filter',
            expressionType: 'SIMPLE',
            operator: 'TEMPORAL_RANGE',
            subject: time,
          },
        ];
  return chart.where === null
    ? range
    : [...range, { clause: 'WHERE', expressionType: 'SQL', sqlExpression: chart.where }];
}

function formatOf(chart: Chart): string {
  return chart.values[0]?.format ?? 'SMART_NUMBER';
}
