import type { Contract } from '../contract.js';
import type { Change } from './change.js';
import { columnChanges } from './columnChanges.js';
import { documentationChanges } from './documentationChanges.js';
import { ruleChanges } from './ruleChanges.js';
import { tableChanges } from './tableChanges.js';

/**
 * What changed between two versions of a contract, from the point of view of someone who reads the table; the gravest first.
 * @param before - null: the table is new
 * @param after - null: the table is gone
 */
export function diffContracts(before: Contract | null, after: Contract | null): Change[] {
  if (before === null) return after === null ? [] : [whole('compatible', after.table, 'the table was added')];
  if (after === null) return [whole('breaking', before.table, 'the table was removed')];
  if (before.table !== after.table) return [...diffContracts(before, null), ...diffContracts(null, after)];
  const changes = [
    ...columnChanges(before, after),
    ...tableChanges(before, after),
    ...ruleChanges(before, after),
    ...documentationChanges(before, after),
  ];
  const rank = { breaking: 0, compatible: 1, documentation: 2 };
  return changes.toSorted((a, b) => rank[a.level] - rank[b.level]);
}

const whole = (level: Change['level'], table: string, message: string): Change => ({
  level,
  table,
  column: null,
  message,
});
