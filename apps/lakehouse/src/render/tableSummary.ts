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

/** Rows that arrived, or for a table that is built as a whole, the rows that it has. */
function rowsOf(own: readonly TableOutcome[]): number | null {
  const arrived = sum(own.filter(({ step }) => step === 'ingest' || step === 'refine').map(({ rows }) => rows));
  const built = own.findLast(({ step, rows }) => (step === 'build' || step === 'publish') && rows !== null);
  return arrived ?? built?.rows ?? null;
}

/** One entry a table, in the order in which the run first touched them. */
export function summarizeTables(outcomes: readonly TableOutcome[]): readonly TableSummary[] {
  const tables = [...new Set(outcomes.map((outcome) => outcome.table))];
  return tables.map((table) => {
    const own = outcomes.filter((outcome) => outcome.table === table);
    const accounting = own.findLast((outcome) => outcome.accounting !== null)?.accounting ?? null;
    const total = (read: (counts: Accounting) => number): number | null =>
      accounting === null ? null : read(accounting);
    return {
      table,
      rowsIn: total(({ read }) => read) ?? rowsOf(own),
      merged: total(({ inserted, updated }) => inserted + updated),
      unchanged: total(({ unchanged }) => unchanged),
      quarantined: total(({ quarantined }) => quarantined),
      waiting: total(({ waiting }) => waiting),
      superseded: total(({ supersededInBatch, supersededByTarget }) => supersededInBatch + supersededByTarget),
      seconds: own.reduce((seconds, outcome) => seconds + outcome.seconds, 0),
    };
  });
}
