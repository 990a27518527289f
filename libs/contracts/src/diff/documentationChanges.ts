import type { Contract } from '../contract.js';
import type { Change } from './change.js';
import { documentationFacts, type Fact } from './documentationFacts.js';

/** Where two contracts differ in what documents only, for the table and the columns that both have. */
export function documentationChanges(before: Contract, after: Contract): Change[] {
  const both = new Set(
    before.columns.map(({ name }) => name).filter((name) => after.columns.some((column) => column.name === name)),
  );
  const rules = new Set(
    before.quality.map(({ id }) => id).filter((id) => after.quality.some((rule) => rule.id === id)),
  );
  const isShared = ({ column, what }: Fact): boolean =>
    (column === null || both.has(column)) && (!what.startsWith('rule ') || rules.has(what.slice('rule '.length)));
  const was = documentationFacts(before).filter(isShared);
  const is = documentationFacts(after).filter(isShared);
  const find = (facts: readonly Fact[], { column, what }: Fact): Fact | undefined =>
    facts.find((fact) => fact.column === column && fact.what === what);
  const change = ({ column, what }: Fact, verb: string): Change => ({
    level: 'documentation',
    table: after.table,
    column,
    message: `${what} ${verb}`,
  });
  const changed = is.flatMap((fact) => {
    const earlier = find(was, fact);
    if (earlier === undefined) return [change(fact, 'was added')];
    return earlier.text === fact.text ? [] : [change(fact, 'changed')];
  });
  return [...changed, ...was.filter((fact) => find(is, fact) === undefined).map((fact) => change(fact, 'was removed'))];
}
