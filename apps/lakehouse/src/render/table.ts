import Table from 'cli-table3';
import type { Style } from './style.js';

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const rule = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', left: '', right: '' };
const borders = {
  ...rule,
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  'right-mid': '',
  middle: '  ',
};

/** Rows under dim titles, without lines; numbers stand to the right. */
export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const table = new Table({
    head: columns.map((column) => style.dim(column.title)),
    colAligns: columns.map((column) => column.align ?? 'left'),
    chars: borders,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
