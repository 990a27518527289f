import { runDag, tasksOf } from './airflow/api.js';
import { quiet } from './airflow/quiet.js';
import { probe } from './faults/probed.js';
import { keepProbeConnection } from './probe.js';

/** The last of all: what was accounted for before is accounted for again. */
export const airflowBackfill = (): void => {
  describe('a backfill by Airflow', airflowBackfillTests);
};

function airflowBackfillTests(): void {
  beforeAll(keepProbeConnection);

  test('refines a range again, and leaves gold as it was', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const run = await runDag('probe__backfill', { from: today, to: today });
    expect(run.state).toBe('success');
    expect((await tasksOf(run)).map(({ state }) => state)).toEqual(['success']);
    await quiet();
    probe().expectGold();
  });
}
