import { format as d3Format } from 'd3-format';
import { renderCell } from './cell.js';
import { formatNumber } from './format.js';

/** A chart's value in its d3 format; without one, or with one that d3 does not know, as a plain number. */
export function formatChartValue(value: unknown, format: string | null): string {
  if (value === null || value === undefined || value === '') {
    return '–';
  }
  const number = typeof value === 'number' ? value : Number(value);
  if (Number.isNaN(number)) {
    return renderCell(value);
  }
  if (format === null) {
    return formatNumber(number);
  }
  try {
    return d3Format(format)(number).replace('−', '-');
  } catch {
    return formatNumber(number);
  }
}
