import { composeFiles } from '@lakehouse/stack';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { existsSync, statSync } from 'node:fs';
import { ancestorsOf, lookAtAsset } from './airflow/assetGraph.js';
import { ask, runDag, runsOf, tasksOf } from './airflow/api.js';
import { quiet } from './airflow/quiet.js';
import { allContainers } from './containers.js';
import { eventually } from './eventually.js';
import { openStores } from './objectStore/openStores.js';
import { expectDone, pictureFile } from './platform.js';
import { expectIsolated, expectNoLeaks, expectOwnSecrets } from './shutIn.js';
import { probe } from './faults/probed.js';
import { keepProbeConnection } from './probe.js';

/** Seconds that the chain of assets may take beyond the tasks themselves. */
const chainSeconds = 60;

/** Airflow beside the platform: what is delivered becomes gold with no hand. */
export const airflow = (): void => {
  describe('Airflow', airflowTests);
};

function airflowTests(): void {
  beforeAll(() => {
    keepProbeConnection();
    expectDone('up', '--with', 'airflow');
  }, 15 * 60_000);

  test('is all there, each process in a container of its own', async () => {
    const expected = composeFiles.flatMap(({ part, stack }) => (part === 'airflow' ? stack.services : []));
    const own = (await allContainers()).filter(({ service }) => service.startsWith('airflow-'));
    expect(own.map(({ service }) => service).sort()).toEqual(expected.map(({ name }) => name).sort());
    for (const { service, facts } of own) {
      const state = service === 'airflow-init' ? facts.State.ExitCode : facts.State.Health?.Status;
      expect({ service, state }).toEqual({ service, state: service === 'airflow-init' ? 0 : 'healthy' });
    }
  });

  test('is shut in as all services are, and tells no secret', async () => {
    const own = (await allContainers()).filter(({ service }) => service.startsWith('airflow-'));
    expectIsolated(own);
    expectOwnSecrets(own);
    await expectNoLeaks(own);
  });

  test('runs a domain on demand, and the command line follows it to gold', async () => {
    probe().deliver();
    const answer = probe().runViaAirflow();
    expect({ code: answer.code, said: answer.messages }).toEqual({
      code: 0,
      said: expect.stringMatching(/✓ ingest +readings[^]*✓ refine +readings[^]*✓ publish +probe/),
    });
    await quiet();
    probe().expectLaws();
  });

  test('lists its DAGs with their last run', () => {
    const { dags, problems } = JSON.parse(expectDone('dags', '--json')) as {
      dags: { dag: string; state: string | null }[];
      problems: unknown[];
    };
    expect(problems).toEqual([]);
    const states = new Map(dags.map(({ dag, state }) => [dag, state]));
    expect([...states.keys()].sort()).toEqual([
      'lakehouse__maintenance',
      'probe__backfill',
      'probe__ingest__readings',
      'probe__publish',
      'probe__quality',
      'probe__refine',
    ]);
    for (const dag of ['probe__ingest__readings', 'probe__refine', 'probe__publish']) {
      expect([dag, states.get(dag)]).toEqual([dag, 'success']);
    }
  });

  test('takes a file that is delivered to gold by its assets alone', async () => {
    const delivered = Date.now();
    probe().deliver();
    const published = await eventually(async () => {
      const [run] = await runsOf('probe__publish');
      return run?.state === 'success' && Date.parse(run.end_date ?? '') > delivered ? run : undefined;
    }, 400);

    const chain = [
      published,
      ...(await Promise.all(['probe__refine', 'probe__ingest__readings'].map(runsOf))).map((runs) => runs[0]),
    ];
    expect(chain.map((run) => run?.run_type)).toEqual(['asset_triggered', 'asset_triggered', 'asset_triggered']);
    const tasks = (await Promise.all(chain.flatMap((run) => (run === undefined ? [] : [tasksOf(run)])))).flat();
    const work = tasks.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
    const whole = (Date.parse(published.end_date ?? '') - delivered) / 1000;
    process.stdout.write(`chain of assets: ${whole.toFixed(1)} s, of which tasks ${work.toFixed(1)} s\n`);
    expect(whole - work).toBeLessThan(chainSeconds);
    await quiet();
    probe().expectLaws();
  });

  test('skips what has nothing to do, and changes no asset by it', async () => {
    const before = await runsOf('probe__refine');
    const run = await runDag('probe__ingest__readings');
    expect((await tasksOf(run)).map(({ state }) => state)).toEqual(['skipped']);
    await quiet();
    expect(await runsOf('probe__refine')).toHaveLength(before.length);
  });

  test('shows the lineage of the contracts', async () => {
    expect(await ancestorsOf('gold.readings_by_place')).toEqual([
      'bronze.readings',
      'readings files',
      'silver.readings',
    ]);
    const picture = pictureFile('asset_graph');
    const text = await lookAtAsset('gold.readings_by_place', picture);
    expect(text).toMatch(/silver\.readings/);
    expect(existsSync(picture) && statSync(picture).size > 10_000).toBe(true);
  });

  test('keeps the logs of tasks in the object store, and shows them with their progress', async () => {
    const [run] = await runsOf('probe__refine');
    if (run === undefined) throw new Error('probe__refine never ran.');
    const path = `dags/${run.dag_id}/dagRuns/${encodeURIComponent(run.dag_run_id)}/taskInstances/readings/logs/1?full_content=true`;
    expect(JSON.stringify(await ask(path))).toMatch(/refine silver\.readings: [0-9,]+ rows in/);
    const { Contents: objects = [] } = await openStores().airflow.send(
      new ListObjectsV2Command({ Bucket: 'logs', Prefix: 'airflow/dag_id=probe__refine/' }),
    );
    expect(objects.length).toBeGreaterThan(0);
  });

  test('links each run in ops to its DAG run', async () => {
    const [run] = await runsOf('probe__publish');
    const rows = JSON.parse(
      expectDone(
        'query',
        "select label from ops.runs where label like 'probe__publish %' order by started_at desc",
        '--json',
      ),
    ) as { label: string }[];
    expect(rows.map(({ label }) => label)).toContain(`probe__publish ${run?.dag_run_id ?? ''}`);
  });

  test('says what maintenance would do', async () => {
    const run = await runDag('lakehouse__maintenance', { dryRun: true });
    expect((await tasksOf(run)).map(({ task_id: task, state }) => [task, state]).sort()).toEqual([
      ['records', 'success'],
      ['tables', 'success'],
    ]);
  });

  test('keeps the DAGs of the last good plan where a new one is broken, and shows the error', async () => {
    const { root: store } = openStores();
    const pointer = { Bucket: 'ops', Key: 'plans/current.json' };
    const good = await (await store.send(new GetObjectCommand(pointer))).Body?.transformToString();
    const problems = async (): Promise<readonly string[]> =>
      (await ask<{ import_errors: { stack_trace: string }[] }>('importErrors')).import_errors.map(
        ({ stack_trace: trace }) => trace,
      );
    try {
      await store.send(new PutObjectCommand({ ...pointer, Body: '{ broken' }));
      const found = await eventually(async () => {
        const all = await problems();
        return all.length > 0 ? all : undefined;
      }, 90);
      expect(found).toEqual([expect.stringContaining('LH2106')]);
      const run = await runDag('probe__ingest__readings');
      expect(run.state).toBe('success');
    } finally {
      await store.send(new PutObjectCommand({ ...pointer, Body: good ?? '' }));
    }
    await eventually(async () => ((await problems()).length === 0 ? true : undefined), 90);
  });

  test('is left out again where that is wished', async () => {
    expectDone('up', '--without', 'airflow');
    const left = (await allContainers()).filter(({ service }) => service.startsWith('airflow-'));
    expect(left).toEqual([]);
    expectDone('up', '--with', 'airflow');
  });
}
