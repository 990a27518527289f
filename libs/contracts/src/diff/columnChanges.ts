import type { Contract, ContractColumn } from '../contract.js';
import { typeChange } from '../types/typeChange.js';
import type { Change, ChangeLevel } from './change.js';

/** Columns that came, went, moved or changed their type or whether they may be null. */
export function columnChanges(before: Contract, after: Contract): Change[] {
  const was = new Map(before.columns.map((column) => [column.name, column]));
  const is = new Map(after.columns.map((column) => [column.name, column]));
  const change = (level: ChangeLevel, column: string | null, message: string): Change => ({
    level,
    table: after.table,
    column,
    message,
  });
  const removed = before.columns
    .filter(({ name }) => !is.has(name))
    .map(({ name }) => change('breaking', name, 'the column was removed'));
  const added = after.columns
    .filter(({ name }) => !was.has(name))
    .map(({ name }) => change('compatible', name, 'the column was added'));
  const kept = after.columns.flatMap((column) => {
    const earlier = was.get(column.name);
    return earlier === undefined
      ? []
      : sameColumn(earlier, column).map(({ level, message }) => change(level, column.name, message));
  });
  const names = (contract: Contract, other: ReadonlyMap<string, unknown>): string =>
    contract.columns
      .map(({ name }) => name)
      .filter((name) => other.has(name))
      .join(', ');
  const moved =
    names(before, is) === names(after, was) ? [] : [change('compatible', null, 'the columns stand in another order')];
  return [...removed, ...added, ...kept, ...moved];
}

function sameColumn(before: ContractColumn, after: ContractColumn): { level: ChangeLevel; message: string }[] {
  const changes: { level: ChangeLevel; message: string }[] = [];
  const type = typeChange(before.sparkType, after.sparkType);
  const types = `from ${before.type} to ${after.type}`;
  if (type === 'changed') changes.push({ level: 'breaking', message: `the type changed ${types}` });
  if (type === 'widened') changes.push({ level: 'compatible', message: `the type was widened ${types}` });
  if (!before.nullable && after.nullable) changes.push({ level: 'breaking', message: 'the column may be null now' });
  if (before.nullable && !after.nullable)
    changes.push({ level: 'compatible', message: 'the column is never null now' });
  return changes;
}
