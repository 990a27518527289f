import type { Chart } from '@lakehouse/plan';
import type { BarSeriesOption, EChartsOption } from 'echarts';
import { formatChartValue } from '../render/chartValue.js';
import { axisFormat, chartBase, dateLabels, tooltipBase, valueName } from './chartBase.js';
import type { ChartRow } from './chartOption.js';
import { chartSeries, xLabels, type ChartSeries } from './chartSeries.js';
import type { ChartTheme } from './chartTheme.js';

/** Names that are too many or too long to stand side by side. */
export function isHorizontal(chart: Chart, labels: readonly string[]): boolean {
  if (chart.horizontal) return true;
  const plain = labels.every((label) => /^[\d.:-]+$/.test(label));
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return !plain && (labels.length > 8 || longest * labels.length > 60);
}

function total(series: readonly ChartSeries[], label: string): number {
  return series.reduce((sum, one) => sum + (one.points.get(label) ?? 0), 0);
}

/** Only counts can be put on top of each other; shares and averages cannot. */
function stacks(series: readonly ChartSeries[]): boolean {
  return series.length > 1 && series.every(({ format }) => format !== null && /d$/.test(format));
}

/** Bars, upright over time and numbers, lying where names need room. */
export function barOption(chart: Chart, rows: readonly ChartRow[], theme: ChartTheme): EChartsOption {
  const series = chartSeries(chart, rows);
  const found = xLabels(chart, rows);
  const horizontal = isHorizontal(chart, found);
  const labels = horizontal ? [...found].sort((left, right) => total(series, left) - total(series, right)) : found;
  const shown = dateLabels(labels);
  const format = chart.values[0]?.format ?? null;
  const single = series.length === 1;
  const labelled = single && (horizontal || labels.length <= 12);
  const category = {
    type: 'category' as const,
    data: labels.map((label) => shown.get(label) ?? label),
    axisLine: { lineStyle: { color: theme.faint } },
    axisTick: { show: false },
    axisLabel: {
      color: horizontal ? theme.text : theme.muted,
      hideOverlap: !horizontal && labels.length > 6,
      interval: horizontal || labels.length <= 6 ? 0 : ('auto' as const),
      ...(horizontal ? { width: 170, overflow: 'truncate' as const } : {}),
    },
  };
  const value = {
    type: 'value' as const,
    name: valueName(chart),
    nameLocation: horizontal ? ('middle' as const) : ('end' as const),
    nameTextStyle: { color: theme.muted, ...(horizontal ? {} : { align: 'left' as const }) },
    nameGap: horizontal ? 28 : 16,
    ...(horizontal && chart.width <= 5 ? { splitNumber: 3 } : {}),
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.muted, hideOverlap: true, formatter: axisFormat(chart) },
  };
  return {
    ...chartBase(chart, theme),
    grid: {
      left: 8,
      right: horizontal && labelled ? 56 : 16,
      top: horizontal ? 8 : 36,
      bottom: (horizontal ? 30 : 8) + (single ? 0 : 28),
      containLabel: true,
    },
    legend: {
      show: !single,
      bottom: 0,
      icon: 'roundRect',
      itemWidth: 12,
      itemHeight: 8,
      textStyle: { color: theme.muted },
    },
    tooltip: {
      ...tooltipBase(theme),
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { opacity: 0.08 } },
      valueFormatter: (shownValue) => formatChartValue(shownValue, format),
    },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: series.map(
      (one): BarSeriesOption => ({
        type: 'bar',
        name: one.name,
        data: labels.map((label) => one.points.get(label) ?? null),
        ...(stacks(series) ? { stack: 'all' } : {}),
        barMaxWidth: horizontal ? 18 : 56,
        barCategoryGap: '28%',
        itemStyle: { borderRadius: stacks(series) ? 0 : horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0] },
        label: {
          show: labelled,
          position: horizontal ? 'right' : 'top',
          color: theme.muted,
          fontSize: 11,
          formatter: (item) => formatChartValue(item.value, one.format),
        },
      }),
    ),
  };
}
