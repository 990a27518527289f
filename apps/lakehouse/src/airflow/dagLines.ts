import { type AirflowClient } from './airflowClient.js';

/** A DAG as people see it; moments as ISO timestamps. */
export interface DagLine {
  readonly dag: string;
  readonly isPaused: boolean;
  readonly schedule: string | null;
  /** State of the last run; null where it never ran. */
  readonly state: string | null;
  readonly lastRun: string | null;
  readonly nextRun: string | null;
}

/** Requests that are under way at once. */
const atOnce = 8;

/** All DAGs, each with its last and its next run. */
export async function dagLines(client: AirflowClient): Promise<readonly DagLine[]> {
  const dags = await client.dags();
  const lines: DagLine[] = [];
  for (let start = 0; start < dags.length; start += atOnce) {
    const some = dags.slice(start, start + atOnce);
    const runs = await Promise.all(some.map(({ dag_id: dag }) => client.lastRun(dag)));
    lines.push(
      ...some.map((dag, index) => ({
        dag: dag.dag_id,
        isPaused: dag.is_paused,
        schedule: dag.timetable_description,
        state: runs[index]?.state ?? null,
        lastRun: runs[index]?.start_date ?? runs[index]?.run_after ?? null,
        nextRun: dag.next_dagrun_run_after,
      })),
    );
  }
  return lines;
}
