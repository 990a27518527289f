import type { Chart } from '@lakehouse/plan';
import type { EChartsOption, ScatterSeriesOption } from 'echarts';
import { formatChartValue } from '../render/chartValue.js';
import { chartBase, tooltipBase } from './chartBase.js';
import type { ChartRow } from './chartOption.js';
import { toLabel, toNumber } from './chartSeries.js';
import type { ChartTheme } from './chartTheme.js';

/** Pixels of the diameter of the smallest and the largest bubble. */
const diameters = { smallest: 4, largest: 44 } as const;

interface Bubble {
  readonly name: string;
  readonly series: string;
  readonly value: readonly [x: number, y: number, size: number];
}

function bubblesOf(chart: Chart, rows: readonly ChartRow[]): readonly Bubble[] {
  const entity = chart.by[0] ?? '';
  return rows.flatMap((row) => {
    const [x, y, size] = chart.values.map(({ column }) => toNumber(row[column]));
    // A bubble without a place is none.
    if (x === null || x === undefined || y === null || y === undefined) return [];
    const series = chart.series === null ? (chart.values[2]?.label ?? '') : toLabel(row[chart.series]);
    return [{ name: toLabel(row[entity]), series, value: [x, y, size ?? 0] as const }];
  });
}

/** Bubbles at places that two metrics give; the area of one is its third metric. */
export function bubbleOption(chart: Chart, rows: readonly ChartRow[], theme: ChartTheme): EChartsOption {
  const bubbles = bubblesOf(chart, rows);
  const largest = Math.max(1e-12, ...bubbles.map(({ value: [, , size] }) => size));
  const diameter = (size: number): number =>
    Math.max(diameters.smallest, Math.sqrt(Math.max(0, size) / largest) * diameters.largest);
  const names = [...new Set(bubbles.map(({ series }) => series))].sort();
  const axis = (index: 0 | 1) => ({
    type: 'value' as const,
    scale: true,
    name: chart.values[index]?.label ?? '',
    nameLocation: 'middle' as const,
    nameGap: index === 0 ? 26 : 40,
    nameTextStyle: { color: theme.muted },
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: {
      color: theme.muted,
      formatter: (value: number) => formatChartValue(value, chart.values[index]?.format ?? null),
    },
  });
  const size = chart.values[2];
  return {
    ...chartBase(chart, theme),
    grid: { left: 24, right: 16, top: 16, bottom: names.length > 1 ? 64 : 36, containLabel: true },
    legend: { show: names.length > 1, bottom: 0, icon: 'circle', textStyle: { color: theme.muted } },
    tooltip: {
      ...tooltipBase(theme),
      trigger: 'item',
      formatter: (item) => {
        const one = Array.isArray(item) ? item[0] : item;
        const measured = Array.isArray(one?.value) ? one.value[2] : null;
        return `${one?.name ?? ''}\n${formatChartValue(measured, size?.format ?? null)} ${size?.label ?? ''}`;
      },
    },
    xAxis: axis(0),
    yAxis: axis(1),
    series: names.map(
      (name): ScatterSeriesOption => ({
        type: 'scatter',
        name,
        itemStyle: { opacity: 0.65 },
        symbolSize: (value: readonly number[]) => diameter(value[2] ?? 0),
        data: bubbles
          .filter(({ series }) => series === name)
          // The small ones lie on the large ones.
          .toSorted((left, right) => right.value[2] - left.value[2])
          .map((bubble) => ({ name: bubble.name, value: [...bubble.value] })),
      }),
    ),
  };
}
