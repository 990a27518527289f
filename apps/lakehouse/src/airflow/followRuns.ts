import { setTimeout as sleep } from 'node:timers/promises';
import { type AirflowClient } from './airflowClient.js';
import { type DagRun, type Task, type TaskFailure } from './answers.js';

export interface FollowedRun {
  readonly dag: string;
  readonly run: string;
}

/** A DAG run that has ended. */
export interface EndedRun extends FollowedRun {
  readonly state: string;
  readonly seconds: number;
  readonly failures: readonly (FollowedTask & { readonly failure: TaskFailure | null })[];
}

export interface FollowedTask extends FollowedRun {
  readonly task: string;
  readonly state: string;
  readonly seconds: number;
}

export interface Watcher {
  readonly onRun: (run: FollowedRun) => void;
  /** Called when a task has ended, once. */
  readonly onTask: (task: FollowedTask) => void;
  /** Tasks that are at work, each time they were looked at. */
  readonly onWorking: (tasks: readonly FollowedTask[]) => void;
  /** DAGs whose other runs are followed too, once they are under way. */
  readonly dags?: readonly string[];
  /** Milliseconds between two looks. Default: 1000 */
  readonly interval?: number;
  /** Milliseconds that a DAG gets to start after an asset of it has changed. Default: 60000 */
  readonly patience?: number;
  readonly abort?: AbortSignal;
}

const ended = new Set(['success', 'failed']);
const endedTask = new Set(['success', 'failed', 'skipped', 'upstream_failed', 'removed']);

/** Follows DAG runs, and all that they start by the assets that they change, until none is left. */
export async function followRuns(
  client: AirflowClient,
  first: readonly FollowedRun[],
  watcher: Watcher,
): Promise<readonly EndedRun[]> {
  const { dags = [], interval = 1000, patience = 60_000, abort } = watcher;
  const open = new Map<string, FollowedRun>();
  const known = new Set<string>();
  const told = new Set<string>();
  const finished: EndedRun[] = [];
  /** Runs that have ended, and until when those that they start are waited for. */
  const awaited = new Map<string, { readonly run: FollowedRun; readonly until: number }>();
  const follow = (run: FollowedRun): void => {
    const key = keyOf(run);
    if (known.has(key)) return;
    known.add(key);
    open.set(key, run);
    watcher.onRun(run);
  };
  first.forEach(follow);
  while ((open.size > 0 || awaited.size > 0) && abort?.aborted !== true) {
    const others = await Promise.all(dags.map((dag) => client.activeRuns(dag)));
    for (const { dag_id: dag, dag_run_id: run } of others.flat()) follow({ dag, run });
    const working: FollowedTask[] = [];
    for (const [key, run] of [...open]) {
      const state = await client.run(run.dag, run.run);
      const tasks = (await client.tasks(run.dag, run.run)).map((task) => followed(run, task));
      for (const task of tasks.filter((each) => endedTask.has(each.state))) {
        const taskKey = `${key} ${task.task}`;
        if (!told.has(taskKey)) watcher.onTask(task);
        told.add(taskKey);
      }
      working.push(...tasks.filter((task) => task.state === 'running'));
      if (!ended.has(state.state)) continue;
      open.delete(key);
      finished.push(await ending(client, run, state, tasks));
      awaited.set(key, { run, until: Date.now() + patience });
    }
    watcher.onWorking(working);
    for (const [key, { run, until }] of [...awaited]) {
      const { started, isComplete } = await startedBy(client, run);
      started.forEach(follow);
      if (isComplete || Date.now() > until) awaited.delete(key);
    }
    if (open.size > 0 || awaited.size > 0) await sleep(interval);
  }
  return finished;
}

async function ending(
  client: AirflowClient,
  run: FollowedRun,
  state: DagRun,
  tasks: readonly FollowedTask[],
): Promise<EndedRun> {
  const failed = tasks.filter((task) => task.state === 'failed');
  const failures = await Promise.all(
    failed.map(async (task) => ({ ...task, failure: await client.taskFailure(run.dag, run.run, task.task) })),
  );
  const since = state.start_date ?? state.run_after;
  const seconds = (Date.parse(state.end_date ?? new Date().toISOString()) - Date.parse(since)) / 1000;
  return { ...run, state: state.state, seconds, failures };
}

/** The runs that a DAG run has started by its assets so far, and whether all have that will. */
async function startedBy(
  client: AirflowClient,
  { dag, run }: FollowedRun,
): Promise<{ readonly started: readonly FollowedRun[]; readonly isComplete: boolean }> {
  const events = await client.assetEvents(dag, run);
  const started = events.flatMap(({ created_dagruns: created }) => created);
  const listeners = await Promise.all(events.map(({ asset_id: asset }) => client.dagsStartedBy(asset)));
  const isComplete = events.every(({ created_dagruns: created }, index) =>
    (listeners[index] ?? []).every((listener) => created.some(({ dag_id: started }) => started === listener)),
  );
  return { started: started.map(({ dag_id, run_id }) => ({ dag: dag_id, run: run_id })), isComplete };
}

function followed({ dag, run }: FollowedRun, task: Task): FollowedTask {
  const running = task.start_date === null ? 0 : (Date.now() - Date.parse(task.start_date)) / 1000;
  return { dag, run, task: task.task_id, state: task.state ?? 'waiting', seconds: task.duration ?? running };
}

function keyOf({ dag, run }: FollowedRun): string {
  return `${dag} ${run}`;
}
