import type { Chart } from '@lakehouse/plan';
import type { EChartsOption } from 'echarts';
import { barOption } from './chartOptionBar.js';
import { bubbleOption } from './chartOptionBubble.js';
import { heatmapOption } from './chartOptionHeatmap.js';
import { lineOption } from './chartOptionLine.js';
import type { ChartTheme } from './chartTheme.js';

export type ChartRow = Readonly<Record<string, unknown>>;

/** What a chart of a dashboard looks like in ECharts; null for kinds that are plain HTML. */
export function chartOption(chart: Chart, rows: readonly ChartRow[], theme: ChartTheme): EChartsOption | null {
  switch (chart.kind) {
    case 'echarts_timeseries_line':
      return lineOption(chart, rows, theme);
    case 'echarts_timeseries_bar':
      return barOption(chart, rows, theme);
    case 'heatmap_v2':
      return heatmapOption(chart, rows, theme);
    case 'bubble_v2':
      return bubbleOption(chart, rows, theme);
    case 'big_number_total':
    case 'table':
      return null;
  }
}
