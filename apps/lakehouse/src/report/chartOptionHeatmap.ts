import type { Chart } from '@lakehouse/plan';
import type { EChartsOption } from 'echarts';
import { formatChartValue } from '../render/chartValue.js';
import { chartBase, dateLabels, tooltipBase } from './chartBase.js';
import type { ChartRow } from './chartOption.js';
import { chartSeries, xLabels } from './chartSeries.js';
import type { ChartTheme } from './chartTheme.js';

/** More cells than that carry no number of their own. */
const labelledCells = 60;

/** Cells coloured by value; two hues where values lie on both sides of zero. */
export function heatmapOption(chart: Chart, rows: readonly ChartRow[], theme: ChartTheme): EChartsOption {
  const labels = xLabels(chart, rows);
  const shown = dateLabels(labels);
  const series = [...chartSeries(chart, rows)].reverse();
  const format = chart.values[0]?.format ?? null;
  const cells = series.flatMap((one, y) =>
    labels.flatMap((label, x) => {
      const value = one.points.get(label) ?? null;
      return value === null ? [] : [[x, y, value] as const];
    }),
  );
  const values = cells.map(([, , value]) => value);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const bound = Math.max(-low, high);
  const twoSided = low < 0 && high > 0;
  const smallest = values.length === 0 ? 0 : Math.min(...values);
  const axis = {
    type: 'category' as const,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, hideOverlap: true },
  };
  return {
    ...chartBase(chart, theme),
    grid: { left: 8, right: 8, top: 8, bottom: 48, containLabel: true },
    tooltip: {
      ...tooltipBase(theme),
      formatter: (item) => {
        const one = Array.isArray(item) ? item[0] : item;
        const [x, y, value] = Array.isArray(one?.value) ? one.value : [];
        const label = labels[Number(x)] ?? '';
        return `${series[Number(y)]?.name ?? ''}, ${shown.get(label) ?? label}\n${formatChartValue(value, format)} ${chart.values[0]?.label ?? ''}`;
      },
    },
    xAxis: {
      ...axis,
      axisLabel: { ...axis.axisLabel, ...(labels.length <= 12 ? { interval: 0, fontSize: 11 } : {}) },
      data: labels.map((label) => (shown.get(label) ?? label).replace(/ \d{4}$/, '')),
    },
    yAxis: { ...axis, axisLabel: { color: theme.text }, data: series.map(({ name }) => name) },
    visualMap: {
      type: 'continuous',
      min: twoSided ? -bound : smallest,
      max: twoSided ? bound : Math.max(high, smallest),
      orient: 'horizontal',
      left: 'center',
      bottom: 0,
      itemHeight: 120,
      itemWidth: 10,
      textStyle: { color: theme.muted, fontSize: 11 },
      formatter: (value) => formatChartValue(value, format),
      inRange: { color: [...(twoSided ? theme.diverging : theme.sequential)] },
      calculable: true,
    },
    series: [
      {
        type: 'heatmap',
        data: cells.map((cell) => [...cell]),
        itemStyle: { borderColor: theme.surface, borderWidth: 2, borderRadius: 3 },
        label: {
          show: cells.length <= labelledCells,
          fontSize: 11,
          formatter: (item) => formatChartValue(Array.isArray(item.value) ? item.value[2] : null, format),
        },
      },
    ],
  };
}
