import type { Check } from '@lakehouse/plan';
import type { Contract } from '../contract.js';
import type { Change, ChangeLevel } from './change.js';
import { equal } from './equal.js';

/** Changes of the key, of service levels and of how the table is made and stored. */
export function tableChanges(before: Contract, after: Contract): Change[] {
  const changes: Change[] = [];
  const add = (level: ChangeLevel, message: string, column: string | null = null): void => {
    changes.push({ level, table: after.table, column, message });
  };
  keyChange(before, after, add);
  retentionChange(before, after, add);
  freshnessChanges(before, after, add);
  if (before.status !== after.status) {
    add(
      after.status === 'retired' ? 'breaking' : 'documentation',
      `the status is ${after.status} instead of ${before.status}`,
    );
  }
  const made = [
    ['partitionedBy', 'partitions'],
    ['clusteredBy', 'clustering'],
    ['origin', 'origin'],
    ['orderingColumn', 'ordering column'],
    ['driftPolicy', 'drift policy'],
    ['maxQuarantine', 'limit of the quarantine'],
  ] as const;
  for (const [field, name] of made) if (!equal(before[field], after[field])) add('compatible', `the ${name} changed`);
  const affected = ({ affectedKeys }: Contract): unknown =>
    affectedKeys === null
      ? null
      : [affectedKeys.columns, affectedKeys.inputs.map(({ table, expressions }) => [table, expressions])];
  if (!equal(affected(before), affected(after))) add('compatible', 'the affected keys changed');
  return changes;
}

type Add = (level: ChangeLevel, message: string, column?: string | null) => void;

function keyChange(before: Contract, after: Contract, add: Add): void {
  if (equal(before.key, after.key)) return;
  if (before.key.length === 0) add('compatible', `rows are identified by ${after.key.join(', ')} now`);
  else if (equal(before.key.toSorted(), after.key.toSorted()))
    add('compatible', 'the columns of the key stand in another order');
  else
    add('breaking', `rows are identified by ${after.key.join(', ') || 'nothing'} instead of ${before.key.join(', ')}`);
}

function retentionChange({ retention: was }: Contract, { retention: is }: Contract, add: Add): void {
  if (equal(was, is)) return;
  if (is === null) add('compatible', 'rows are kept for ever now');
  else if (was?.column === is.column && was.days < is.days)
    add('compatible', `rows are kept ${is.days} days instead of ${was.days}`);
  else add('breaking', `rows are deleted ${is.days} days after ${is.column}`);
}

function freshnessChanges(before: Contract, after: Contract, add: Add): void {
  const limits = (contract: Contract): Map<string, Limit> => new Map(contract.checks.flatMap(limitOf));
  const was = limits(before);
  const is = limits(after);
  for (const column of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(column), is.get(column)];
    if (old?.seconds === now?.seconds) continue;
    if (now === undefined) add('breaking', 'freshness is promised no more', column);
    else if (old === undefined) add('compatible', `is at most ${now.text} old now`, column);
    else
      add(
        now.seconds > old.seconds ? 'breaking' : 'compatible',
        `is at most ${now.text} old instead of ${old.text}`,
        column,
      );
  }
}

interface Limit {
  readonly seconds: number;
  /** `2 d` */
  readonly text: string;
}

function limitOf({ measure, comparison, unit }: Check): [string, Limit][] {
  if (measure.kind !== 'age' || comparison.operator !== 'lessOrEqual') return [];
  const { value } = comparison;
  return [[measure.column, { seconds: value * measure.unitSeconds, text: `${value} ${unit ?? ''}` }]];
}
