import { eventually } from '../eventually.js';
import { publishedPort, secret } from '../platform.js';

export interface Run {
  readonly dag_id: string;
  readonly dag_run_id: string;
  readonly run_type: string;
  readonly state: string;
  readonly start_date: string | null;
  readonly end_date: string | null;
}

export interface Task {
  readonly task_id: string;
  readonly state: string | null;
  readonly duration: number | null;
  readonly try_number: number;
}

let token: string | undefined;

export function airflowUrl(): string {
  return `http://127.0.0.1:${publishedPort('AIRFLOW')}`;
}

/** Asks Airflow's REST API v2 as the platform's admin. */
export async function ask<T>(path: string, body?: object): Promise<T> {
  token ??= await logIn();
  const answer = await fetch(`${airflowUrl()}/api/v2/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function logIn(): Promise<string> {
  const answer = await fetch(`${airflowUrl()}/auth/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: secret('airflow-admin') }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export async function runsOf(dag: string): Promise<readonly Run[]> {
  return (await ask<{ dag_runs: Run[] }>(`dags/${dag}/dagRuns?order_by=-run_after&limit=50`)).dag_runs;
}

export async function tasksOf({ dag_id: dag, dag_run_id: run }: Run): Promise<readonly Task[]> {
  const path = `dags/${dag}/dagRuns/${encodeURIComponent(run)}/taskInstances`;
  return (await ask<{ task_instances: Task[] }>(path)).task_instances;
}

/** Starts a DAG and waits for the end of its run. */
export async function runDag(dag: string, conf: object = {}): Promise<Run> {
  const run = `test__${new Date().toISOString()}`;
  await ask(`dags/${dag}/dagRuns`, { dag_run_id: run, logical_date: null, conf });
  return await eventually(async () => {
    const found = await ask<Run>(`dags/${dag}/dagRuns/${encodeURIComponent(run)}`);
    return ['success', 'failed'].includes(found.state) ? found : undefined;
  }, 400);
}
