import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.js';
import { type AirflowClient } from './airflowClient.js';

/** Milliseconds in which Airflow reads a new plan, on a machine that has much to do. */
const patience = 180_000;

/**
 * Waits until Airflow has read a plan, and returns the DAGs that ingest a domain's sources.
 *
 * Throws Failure LH3115 where it does not read it.
 */
export async function awaitPlan(
  client: AirflowClient,
  plan: string,
  domain: string,
  sources: readonly string[],
): Promise<readonly string[]> {
  const wanted = sources.map((source) => `${domain}__ingest__${source}`);
  const deadline = Date.now() + patience;
  for (;;) {
    const dags = new Map((await client.dags()).map((dag) => [dag.dag_id, dag.bundle_version]));
    if (wanted.every((dag) => dags.get(dag)?.startsWith(`${plan}.`) === true)) return wanted;
    const problem = (await client.importErrors())[0];
    if (problem !== undefined || Date.now() > deadline) {
      const last = problem?.stack_trace.trim().split('\n').at(-1);
      throw new Failure(
        'LH3115',
        domain,
        last ?? `Airflow has not read the plan ${plan.slice(0, 12)} after ${String(patience / 1000)} s.`,
        './lakehouse logs airflow-dag-processor says more.',
      );
    }
    await sleep(1000);
  }
}
