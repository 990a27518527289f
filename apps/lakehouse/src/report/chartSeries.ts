import type { Chart } from '@lakehouse/plan';
import type { ChartRow } from './chartOption.js';

/** A line or a set of bars: one value for each place on the x axis. */
export interface ChartSeries {
  readonly name: string;
  readonly format: string | null;
  readonly points: ReadonlyMap<string, number | null>;
}

/** A number, or null where the row has none. */
export function toNumber(value: unknown): number | null {
  if (value === null || value === undefined || value === '') {
    return null;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A value as the name of a place on an axis. */
export function toLabel(value: unknown): string {
  if (value === null || value === undefined) {
    return 'none';
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[T ]00:00:00(\.0+)?(Z|\+00:00)?$/, '');
}

function ordered(labels: readonly string[]): readonly string[] {
  const numeric = labels.every((label) => label !== '' && !Number.isNaN(Number(label)));
  if (numeric) {
    return [...labels].sort((left, right) => Number(left) - Number(right));
  }
  const dates = labels.every((label) => /^\d{4}-\d{2}/.test(label));
  return dates ? [...labels].sort() : labels;
}

/** The places on the x axis: numbers and dates in their order, anything else as the rows come. */
export function xLabels(chart: Chart, rows: readonly ChartRow[]): readonly string[] {
  const { x } = chart;
  return x === null ? [] : ordered([...new Set(rows.map((row) => toLabel(row[x])))]);
}

/** One series for each value of the series column and each measure. */
export function chartSeries(chart: Chart, rows: readonly ChartRow[]): readonly ChartSeries[] {
  const { x, series } = chart;
  const names = series === null ? [null] : [...new Set(rows.map((row) => toLabel(row[series])))].sort();
  return names.flatMap((name) =>
    chart.values.map(({ column, label, format }) => {
      const own = rows.filter((row) => series === null || name === null || toLabel(row[series]) === name);
      return {
        name: name === null ? label : chart.values.length === 1 ? name : `${name}, ${label}`,
        format,
        points: new Map(own.map((row) => [x === null ? '' : toLabel(row[x]), toNumber(row[column])])),
      };
    }),
  );
}

/** Mean of the values there are. */
export function mean(series: ChartSeries): number {
  const values = [...series.points.values()].filter((value) => value !== null);
  return values.reduce((left, right) => left + right, 0) / Math.max(1, values.length);
}
