import type { Chart } from '@lakehouse/plan';
import type { EChartsOption } from 'echarts';
import { formatChartValue } from '../render/chartValue.js';
import type { ChartTheme } from './chartTheme.js';

export const fontFamily = "'Inter Variable', system-ui, sans-serif";

/** What all charts share. */
export function chartBase(chart: Chart, theme: ChartTheme): EChartsOption {
  return {
    animationDuration: 400,
    color: [...theme.palette],
    textStyle: { fontFamily, color: theme.text },
    aria: { enabled: true, label: { description: chart.title } },
  };
}

/** Spread into every tooltip. It renders rich text, never markup, so that no value can smuggle any in. */
export function tooltipBase(theme: ChartTheme): {
  renderMode: 'richText';
  confine: true;
  backgroundColor: string;
  borderColor: string;
  textStyle: { color: string; fontFamily: string; fontSize: number };
} {
  return {
    renderMode: 'richText',
    confine: true,
    backgroundColor: theme.surface,
    borderColor: theme.line,
    textStyle: { color: theme.text, fontFamily, fontSize: 12 },
  };
}

/** The name of the value axis: what is measured, in what unit. */
export function valueName(chart: Chart): string {
  return chart.values.map(({ label }) => label).join(', ');
}

/** How numbers on the value axis are written. */
export function axisFormat(chart: Chart): (value: number) => string {
  const format = chart.values[0]?.format ?? null;
  return (value) => formatChartValue(value, format);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `1 Mar 2013`, or `Mar 2013` where all days are the first of a month; other labels as they are. */
export function dateLabels(labels: readonly string[]): ReadonlyMap<string, string> {
  const monthly = labels.length > 1 && labels.every((label) => /^\d{4}-\d{2}(-01)?$/.test(label));
  return new Map(
    labels.map((label) => {
      const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(label);
      const month = months[Number(parts?.[2]) - 1];
      if (parts === null || month === undefined) {
        return [label, label];
      }
      const [, year = '', , day = ''] = parts;
      return [label, monthly || day === '' ? `${month} ${year}` : `${String(Number(day))} ${month} ${year}`];
    }),
  );
}
