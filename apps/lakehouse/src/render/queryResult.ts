import type { QueryResult } from '../runtime/results.js';
import { renderCell } from './cell.js';
import { formatCount } from './format.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

const numeric = /^(tinyint|smallint|int|bigint|float|double|decimal)/;

/** Rows under their column names, then their number. */
export function renderQueryTable(result: QueryResult, style: Style): string {
  const columns = result.columns.map(({ name, type }) => ({
    title: name,
    align: numeric.test(type) ? ('right' as const) : ('left' as const),
  }));
  const rows = result.rows.map((row) => row.map((value) => (value === null ? style.dim('∅') : renderCell(value))));
  return [renderTable(columns, rows, style), style.dim(formatCount(rows.length, 'row'))].join('\n');
}

function field(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[",\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a header; null is an empty field, the empty text is quoted. */
export function renderQueryCsv(result: QueryResult): string {
  return [result.columns.map(({ name }) => name), ...result.rows].map((row) => row.map(field).join(',')).join('\n');
}

/** One object a row. */
export function renderQueryJson(result: QueryResult): string {
  const names = result.columns.map(({ name }) => name);
  return JSON.stringify(
    result.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]))),
    null,
    2,
  );
}
