import type { Accounting } from '@lakehouse/plan';
import type { TableOutcome } from '../runtime/results.js';

/** What one run did with one table, over all its steps and batches; null where a number does not apply. */
export interface TableSummary {
  readonly table: string;
  readonly rowsIn: number | null;
  readonly merged: number | null;
  readonly unchanged: number | null;
  readonly quarantined: number | null;
  readonly waiting: number | null;
  readonly superseded: number | null;
  readonly seconds: number;
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((left, right) => left + right, 0);
}

/** The steps whose rows are the table's own; the rows of an audit or a publish were counted before. */
const countingSteps: readonly string[] = ['ingest', 'refine', 'build'];

/** One entry a table, in the order in which the run first touched them. */
export function summarizeTables(outcomes: readonly TableOutcome[]): readonly TableSummary[] {
  const tables = [...new Set(outcomes.map((outcome) => outcome.table))];
  return tables.map((table) => {
    const own = outcomes.filter((outcome) => outcome.table === table);
    const counted = own.filter((outcome) => countingSteps.includes(outcome.step));
    const accountings = counted.map((outcome) => outcome.accounting).filter((accounting) => accounting !== null);
    const total = (read: (accounting: (typeof accountings)[number]) => number): number | null =>
      sum(accountings.map(read));
    return {
      table,
      rowsIn: total(({ read }) => read) ?? sum(counted.map(({ rows }) => rows)),
      merged: total(({ inserted, updated }) => inserted + updated),
      unchanged: total(({ unchanged }) => unchanged),
      quarantined: total(({ quarantined }) => quarantined),
      waiting: total(({ waiting }) => waiting),
      superseded: total(({ supersededInBatch, supersededByTarget }) => supersededInBatch + supersededByTarget),
      seconds: own.reduce((seconds, outcome) => seconds + outcome.seconds, 0),
    };
  });
}
