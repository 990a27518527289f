import { z } from 'zod';
import { Failure } from '../failure.js';
import {
  assetEventSchema,
  assetSchema,
  dagRunSchema,
  dagSchema,
  importErrorSchema,
  taskFailureSchema,
  taskSchema,
  type AssetEvent,
  type Dag,
  type DagRun,
  type Task,
  type TaskFailure,
} from './answers.js';

/** Where Airflow is reached, and as whom. */
export interface AirflowServer {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

const pageSize = 100;
/** Milliseconds that one answer may take. */
const patience = 30_000;

/** Airflow's REST API v2. Every call throws Failure LH3112 where Airflow cannot be reached, LH3113 where it refuses. */
export class AirflowClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async logIn({ url, username, password }: AirflowServer): Promise<AirflowClient> {
    const answer = await call(`${url}/auth/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await answer.json());
    return new AirflowClient(url, token);
  }

  async dags(): Promise<readonly Dag[]> {
    return await this.all('dags?order_by=dag_id', 'dags', dagSchema);
  }

  /** The last run of a DAG; null where it never ran. */
  async lastRun(dag: string): Promise<DagRun | null> {
    const page = await this.get(`dags/${encodeURIComponent(dag)}/dagRuns?order_by=-run_after&limit=1`);
    return z.object({ dag_runs: z.array(dagRunSchema) }).parse(page).dag_runs[0] ?? null;
  }

  /** The runs of a DAG that wait or run. */
  async activeRuns(dag: string): Promise<readonly DagRun[]> {
    const path = `dags/${encodeURIComponent(dag)}/dagRuns?state=queued&state=running`;
    return await this.all(path, 'dag_runs', dagRunSchema);
  }

  async trigger(dag: string, run: string, note: string): Promise<void> {
    await this.send(`dags/${encodeURIComponent(dag)}/dagRuns`, { dag_run_id: run, logical_date: null, note });
  }

  async run(dag: string, run: string): Promise<DagRun> {
    return dagRunSchema.parse(await this.get(runPath(dag, run)));
  }

  async tasks(dag: string, run: string): Promise<readonly Task[]> {
    return await this.all(`${runPath(dag, run)}/taskInstances`, 'task_instances', taskSchema);
  }

  /** Why a task failed; null where it could not say it. */
  async taskFailure(dag: string, run: string, task: string): Promise<TaskFailure | null> {
    const path = `${runPath(dag, run)}/taskInstances/${encodeURIComponent(task)}/xcomEntries/failure?deserialize=true`;
    const answer = await this.ask(path);
    if (!answer.ok) return null;
    const read = z.object({ value: taskFailureSchema }).safeParse(await answer.json());
    return read.success ? read.data.value : null;
  }

  /** The assets that a DAG run has changed, each with the runs that this started. */
  async assetEvents(dag: string, run: string): Promise<readonly AssetEvent[]> {
    const query = new URLSearchParams({ source_dag_id: dag, source_run_id: run });
    return await this.all(`assets/events?${query.toString()}`, 'asset_events', assetEventSchema);
  }

  /** The DAGs that an asset starts. */
  async dagsStartedBy(asset: number): Promise<readonly string[]> {
    const { scheduled_dags: dags } = assetSchema.parse(await this.get(`assets/${String(asset)}`));
    return dags.map(({ dag_id: dag }) => dag);
  }

  async importErrors(): Promise<readonly z.infer<typeof importErrorSchema>[]> {
    return await this.all('importErrors?order_by=id', 'import_errors', importErrorSchema);
  }

  private async all<T>(path: string, field: string, schema: z.ZodType<T>): Promise<readonly T[]> {
    const found: T[] = [];
    for (;;) {
      const separator = path.includes('?') ? '&' : '?';
      const page = await this.get(`${path}${separator}limit=${String(pageSize)}&offset=${String(found.length)}`);
      const { [field]: entries } = z.record(z.string(), z.unknown()).parse(page);
      const read = z.array(schema).parse(entries);
      found.push(...read);
      if (read.length < pageSize) return found;
    }
  }

  private async get(path: string): Promise<unknown> {
    return await accepted(path, await this.ask(path)).json();
  }

  private async send(path: string, body: object): Promise<void> {
    await accepted(path, await this.ask(path, { method: 'POST', body: JSON.stringify(body) })).json();
  }

  private async ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' };
    return await fetchOrFail(`${this.url}/api/v2/${path}`, { ...request, headers });
  }
}

function runPath(dag: string, run: string): string {
  return `dags/${encodeURIComponent(dag)}/dagRuns/${encodeURIComponent(run)}`;
}

async function call(url: string, request: RequestInit): Promise<Response> {
  return accepted(url, await fetchOrFail(url, request));
}

async function fetchOrFail(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(patience) });
  } catch (error) {
    const { cause, message } = error as Error;
    throw new Failure(
      'LH3112',
      new URL(url).host,
      `Airflow cannot be reached: ${cause instanceof Error ? cause.message : message}.`,
      './lakehouse status shows whether it is healthy; ./lakehouse up brings it back.',
    );
  }
}

function accepted(path: string, answer: Response): Response {
  if (answer.ok) return answer;
  throw new Failure(
    'LH3113',
    path,
    `Airflow refused: ${String(answer.status)} ${answer.statusText}.`,
    './lakehouse dags lists what there is; ./lakehouse logs airflow-api-server says more.',
  );
}
