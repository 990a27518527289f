import { AirflowClient } from './airflowClient.js';
import { awaitPlan } from './awaitPlan.js';
import { dagLines } from './dagLines.js';
import { fakeAirflow, type Answers, type FakeAirflow } from './fakeAirflow.fixture.js';
import { followRuns, type FollowedTask } from './followRuns.js';
import { exitOf } from './runViaAirflow.js';

let airflow: FakeAirflow | undefined;
afterEach(async () => {
  await airflow?.close();
  airflow = undefined;
});

async function clientOf(answers: Answers): Promise<AirflowClient> {
  airflow = await fakeAirflow(answers);
  return await AirflowClient.logIn({ url: airflow.url, username: 'admin', password: 'secret' });
}

const moment = '2013-01-01T00:00:00Z';
const run = (dag: string, state: string) => ({
  dag_id: dag,
  dag_run_id: 'r1',
  state,
  run_after: moment,
  start_date: moment,
  end_date: '2013-01-01T00:00:05Z',
});
const tasks = (...states: [string, string | null][]) => ({
  task_instances: states.map(([task, state]) => ({
    task_id: task,
    state,
    start_date: moment,
    duration: 2,
    try_number: 1,
  })),
});
const events = (...started: string[][]) => ({
  asset_events: started.map((dags) => ({
    asset_id: 7,
    name: 'bronze.orders',
    created_dagruns: dags.map((dag) => ({ dag_id: dag, run_id: 'r1' })),
  })),
});
const none = { asset_events: [] };

/** Two DAGs, of which the first starts the second by its asset. */
const chain: Answers = {
  'dags/shop__ingest__orders/dagRuns/r1': [
    run('shop__ingest__orders', 'running'),
    run('shop__ingest__orders', 'success'),
  ],
  'dags/shop__ingest__orders/dagRuns/r1/taskInstances': [tasks(['ingest', 'running']), tasks(['ingest', 'success'])],
  // The event is there before the run that it starts.
  'assets/events': [events([]), events(['shop__refine']), none],
  'assets/7': { id: 7, scheduled_dags: [{ dag_id: 'shop__refine' }] },
  'dags/shop__refine/dagRuns/r1': run('shop__refine', 'success'),
  'dags/shop__refine/dagRuns/r1/taskInstances': tasks(['orders', 'success'], ['audit', 'skipped']),
};

async function follow(client: AirflowClient) {
  const ended: string[] = [];
  const working: string[] = [];
  const runs = await followRuns(client, [{ dag: 'shop__ingest__orders', run: 'r1' }], {
    interval: 10,
    patience: 500,
    onRun: () => undefined,
    onTask: ({ dag, task, state }: FollowedTask) => ended.push(`${dag}.${task} ${state}`),
    onWorking: (found) => working.push(...found.map(({ task }) => task)),
  });
  return { runs, ended, working };
}

describe('followRuns', () => {
  it('goes on with what the assets of a run have started, and tells each task once', async () => {
    const { runs, ended, working } = await follow(await clientOf(chain));

    expect(ended).toEqual([
      'shop__ingest__orders.ingest success',
      'shop__refine.orders success',
      'shop__refine.audit skipped',
    ]);
    expect(working).toEqual(['ingest']);
    expect(runs.map(({ dag, state, seconds }) => [dag, state, seconds])).toEqual([
      ['shop__ingest__orders', 'success', 5],
      ['shop__refine', 'success', 5],
    ]);
    expect(exitOf(runs)).toBe(0);
  });

  it('follows what else is under way in its DAGs', async () => {
    const client = await clientOf({
      ...chain,
      'assets/events': none,
      'dags/shop__refine/dagRuns': [{ dag_runs: [run('shop__refine', 'running')] }, { dag_runs: [] }],
    });

    const runs = await followRuns(client, [{ dag: 'shop__ingest__orders', run: 'r1' }], {
      dags: ['shop__refine'],
      interval: 10,
      onRun: () => undefined,
      onTask: () => undefined,
      onWorking: () => undefined,
    });

    expect(runs.map(({ dag }) => dag).sort()).toEqual(['shop__ingest__orders', 'shop__refine']);
  });

  it('waits no longer than that for a DAG that is not started', async () => {
    const { runs } = await follow(await clientOf({ ...chain, 'assets/events': events([]) }));

    expect(runs.map(({ dag }) => dag)).toEqual(['shop__ingest__orders']);
  });

  it.each([
    [1, 1],
    [3, 3],
    [null, 3],
  ])('ends with what a failed task said of itself: %s', async (exit, expected) => {
    const failure = { value: { exit, message: 'no space' } };
    const client = await clientOf({
      'dags/shop__ingest__orders/dagRuns/r1': run('shop__ingest__orders', 'failed'),
      'dags/shop__ingest__orders/dagRuns/r1/taskInstances': tasks(['ingest', 'failed'], ['next', 'upstream_failed']),
      ...(exit === null
        ? {}
        : { 'dags/shop__ingest__orders/dagRuns/r1/taskInstances/ingest/xcomEntries/failure': failure }),
      'assets/events': none,
    });

    const { runs } = await follow(client);

    expect(runs[0]?.failures.map(({ task, failure: said }) => [task, said?.message])).toEqual([
      ['ingest', exit === null ? undefined : 'no space'],
    ]);
    expect(exitOf(runs)).toBe(expected);
  });
});

const dag = (name: string, version: string) => ({
  dag_id: name,
  is_paused: false,
  description: null,
  timetable_description: 'At 00:00',
  next_dagrun_run_after: moment,
  bundle_version: version,
});

describe('awaitPlan', () => {
  const old = { dags: [dag('shop__ingest__orders', 'old.c0de')] };
  const fresh = { dags: [dag('shop__ingest__orders', 'new.c0de')] };

  it('waits until the DAGs are those of the plan', async () => {
    const client = await clientOf({ dags: [old, fresh], importErrors: { import_errors: [] } });

    expect(await awaitPlan(client, 'new', 'shop', ['orders'])).toEqual(['shop__ingest__orders']);
  });

  it('says at once why Airflow cannot read it', async () => {
    const trace = 'Traceback\nPlanProblemError: LH2106 the pointer is damaged.\n';
    const client = await clientOf({
      dags: old,
      importErrors: { import_errors: [{ filename: 'plan_status.py', stack_trace: trace }] },
    });

    await expect(awaitPlan(client, 'new', 'shop', ['orders'])).rejects.toMatchObject({
      code: 'LH3115',
      message: 'PlanProblemError: LH2106 the pointer is damaged.',
    });
  });
});

describe('dagLines', () => {
  it('tells the last run of each DAG, and nothing of one that never ran', async () => {
    const client = await clientOf({
      dags: { dags: [dag('a', 'v'), dag('b', 'v')] },
      'dags/a/dagRuns': { dag_runs: [run('a', 'success')] },
      'dags/b/dagRuns': { dag_runs: [] },
    });

    expect((await dagLines(client)).map(({ dag: name, state, lastRun }) => [name, state, lastRun])).toEqual([
      ['a', 'success', moment],
      ['b', null, null],
    ]);
  });
});

describe('AirflowClient', () => {
  it('says where it looked for an Airflow that is not there', async () => {
    await clientOf({});
    const url = airflow?.url ?? '';
    await airflow?.close();

    await expect(AirflowClient.logIn({ url, username: 'admin', password: 'secret' })).rejects.toMatchObject({
      code: 'LH3112',
      subject: new URL(url).host,
    });
  });

  it('says that it is refused', async () => {
    airflow = await fakeAirflow({});

    await expect(AirflowClient.logIn({ url: airflow.url, username: 'admin', password: 'wrong' })).rejects.toMatchObject(
      { code: 'LH3113' },
    );
  });
});
