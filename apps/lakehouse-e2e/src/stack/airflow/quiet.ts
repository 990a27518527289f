import { eventually } from '../eventually.js';
import { ask, type Run } from './api.js';

/** Waits until no DAG run waits or works, and none follows. */
export async function quiet(seconds = 400): Promise<void> {
  let still = 0;
  await eventually(async () => {
    const { dag_runs: active } = await ask<{ dag_runs: Run[] }>('dags/~/dagRuns?state=queued&state=running&limit=10');
    still = active.length === 0 ? still + 1 : 0;
    return still >= 8 ? true : undefined;
  }, seconds);
}
