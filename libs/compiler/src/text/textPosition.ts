import type { Position } from '@lakehouse/contracts';

/** Line and column, both from 1, of an offset in a text. */
export function textPosition(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(0, offset));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
