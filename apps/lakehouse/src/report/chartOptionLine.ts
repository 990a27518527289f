import type { Chart } from '@lakehouse/plan';
import type { EChartsOption, LineSeriesOption } from 'echarts';
import { formatChartValue } from '../render/chartValue.js';
import { axisFormat, chartBase, dateLabels, tooltipBase, valueName } from './chartBase.js';
import type { ChartRow } from './chartOption.js';
import { chartSeries, mean, xLabels, type ChartSeries } from './chartSeries.js';
import type { ChartTheme } from './chartTheme.js';

/** More lines than that are drawn faint; of those without large gaps the two highest and the two lowest come forward. */
const coloredLines = 7;

function extremes(series: readonly ChartSeries[], places: number): ReadonlySet<string> {
  const whole = series.filter(
    ({ points }) => [...points.values()].filter((value) => value !== null).length * 2 > places,
  );
  const ranked = whole.sort((left, right) => mean(right) - mean(left));
  return new Set([...ranked.slice(0, 2), ...ranked.slice(-2)].map(({ name }) => name));
}

function line(
  series: ChartSeries,
  labels: readonly string[],
  look: { color: string; forward: boolean; alone: boolean; named: boolean },
): LineSeriesOption {
  return {
    type: 'line',
    name: series.name,
    data: labels.map((label) => series.points.get(label) ?? null),
    showSymbol: false,
    symbolSize: 6,
    connectNulls: false,
    z: look.forward ? 3 : 2,
    itemStyle: { color: look.color },
    lineStyle: { width: look.forward ? 2.25 : 1.25, color: look.color, opacity: look.forward ? 1 : 0.75 },
    ...(look.alone ? { areaStyle: { color: look.color, opacity: 0.1 } } : {}),
    endLabel: { show: look.named, formatter: '{a}', color: look.color, fontSize: 11, distance: 6 },
    labelLayout: { moveOverlap: 'shiftY' },
    emphasis: { focus: 'series', lineStyle: { width: 3, opacity: 1 }, endLabel: { show: true, formatter: '{a}' } },
    blur: { lineStyle: { opacity: 0.15 } },
  };
}

/** Lines over time. */
export function lineOption(chart: Chart, rows: readonly ChartRow[], theme: ChartTheme): EChartsOption {
  const labels = xLabels(chart, rows);
  const shown = dateLabels(labels);
  const series = chartSeries(chart, rows);
  const many = series.length > coloredLines;
  const forward = many ? extremes(series, labels.length) : new Set(series.map(({ name }) => name));
  const forwardOrder = [...forward];
  const format = chart.values[0]?.format ?? null;
  return {
    ...chartBase(chart, theme),
    grid: {
      left: 8,
      right: many ? 150 : 20,
      top: 34,
      bottom: many || series.length === 1 ? 8 : 36,
      containLabel: true,
    },
    legend: {
      show: series.length > 1 && !many,
      bottom: 0,
      icon: 'roundRect',
      itemWidth: 12,
      itemHeight: 4,
      textStyle: { color: theme.muted },
    },
    tooltip: many
      ? {
          ...tooltipBase(theme),
          trigger: 'item',
          formatter: (item) => {
            const one = Array.isArray(item) ? item[0] : item;
            return one === undefined
              ? ''
              : `${one.seriesName ?? ''}\n${one.name}: ${formatChartValue(one.value, format)}`;
          },
        }
      : { ...tooltipBase(theme), trigger: 'axis', valueFormatter: (value) => formatChartValue(value, format) },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: labels.map((label) => shown.get(label) ?? label),
      axisLine: { lineStyle: { color: theme.faint } },
      axisTick: { show: false },
      axisLabel: { color: theme.muted, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      name: valueName(chart),
      nameTextStyle: { color: theme.muted, align: 'left' },
      nameGap: 16,
      scale: true,
      splitLine: { lineStyle: { color: theme.line } },
      axisLabel: { color: theme.muted, formatter: axisFormat(chart) },
    },
    series: series.map((one) => {
      const place = forwardOrder.indexOf(one.name);
      const color = place < 0 ? theme.faint : (theme.palette[place % theme.palette.length] ?? theme.text);
      return line(one, labels, {
        color,
        forward: place >= 0,
        alone: series.length === 1,
        named: many && place >= 0,
      });
    }),
  };
}
