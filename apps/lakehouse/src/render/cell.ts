import { formatNumber } from './format.js';

/** A value of an answer as a person reads it in a table. */
export function renderCell(value: unknown): string {
  if (value === null || value === undefined) {
    return '∅';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? String(value) : formatNumber(value);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
