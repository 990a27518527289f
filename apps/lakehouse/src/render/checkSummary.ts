import type { CheckOutcome } from '../runtime/results.js';

/** One rule over all the batches that it judged. */
export interface CheckSummary {
  readonly check: string;
  readonly table: string;
  readonly state: 'passed' | 'warned' | 'failed';
  /** The first outcome that did not pass, else the last one. */
  readonly shown: CheckOutcome;
  readonly judged: number;
  readonly notPassed: number;
}

/** One entry a check, in the order of their first outcome. */
export function summarizeChecks(outcomes: readonly CheckOutcome[]): readonly CheckSummary[] {
  const byCheck = new Map<string, CheckOutcome[]>();
  for (const outcome of outcomes) {
    byCheck.set(outcome.check, [...(byCheck.get(outcome.check) ?? []), outcome]);
  }
  return [...byCheck.values()].flatMap((own) => {
    const last = own.at(-1);
    if (last === undefined) {
      return [];
    }
    const bad = own.filter(({ passed }) => !passed);
    const shown = bad.find(({ severity }) => severity === 'error') ?? bad[0] ?? last;
    const state = bad.length === 0 ? 'passed' : shown.severity === 'error' ? 'failed' : 'warned';
    return [{ check: last.check, table: last.table, state, shown, judged: own.length, notPassed: bad.length } as const];
  });
}
