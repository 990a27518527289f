import type { Plan } from '@lakehouse/plan';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { begin, finishedLine, noProgress } from '../render/progress.js';
import { showProgress } from '../runtime/showProgress.js';
import { installationOf } from '../platform/installation.js';
import { AirflowClient } from './airflowClient.js';
import { airflowServer } from './airflowServer.js';
import { awaitPlan } from './awaitPlan.js';
import { followRuns, type EndedRun, type FollowedTask } from './followRuns.js';

/** Lets Airflow run a domain of the applied plan, and shows what its tasks do until published gold or a failure. */
export async function runViaAirflow(context: Context, plan: Plan, domain: string): Promise<readonly EndedRun[]> {
  const { terminal } = context;
  const since = Date.now();
  let working: readonly FollowedTask[] = [];
  const hide = showProgress(terminal, () =>
    working.length === 0
      ? begin(noProgress, 'airflow', 'waiting for its scheduler', since)
      : working.reduce(
          (progress, task) => begin(progress, ...words(task), Date.now() - task.seconds * 1000),
          noProgress,
        ),
  );
  try {
    const client = await AirflowClient.logIn(await airflowServer(installationOf(context.workspace)));
    const sources = plan.sources.filter((source) => source.domain === domain).map(({ name }) => name);
    const dags = await awaitPlan(client, plan.hash, domain, sources);
    const run = `cli__${new Date(since).toISOString()}`;
    for (const dag of dags) await client.trigger(dag, run, './lakehouse run --via airflow');
    return await followRuns(
      client,
      dags.map((dag) => ({ dag, run })),
      {
        // A file that has just arrived, or the plan itself, may have started them before.
        dags: [...dags, `${domain}__refine`, `${domain}__publish`],
        onRun: ({ dag, run: started }) => {
          if (started !== run) terminal.note(`  ${terminal.noteStyle.dim(`${dag} was started by its assets`)}`);
        },
        onTask: (task) => {
          const [step, subject] = words(task);
          const detail = task.state === 'success' ? '' : task.state === 'skipped' ? 'nothing to do' : task.state;
          const line = { step, subject, rows: null, seconds: task.seconds, detail };
          terminal.note(finishedLine(line, terminal.noteStyle));
        },
        onWorking: (tasks) => {
          working = tasks;
        },
      },
    );
  } finally {
    hide();
  }
}

/** What the runs came to: the worst exit code of their tasks. */
export function exitOf(runs: readonly EndedRun[]): number {
  const codes = runs
    .filter(({ state }) => state === 'failed')
    .flatMap(({ failures }) => [exitCode.failed, ...failures.map(({ failure }) => failure?.exit ?? exitCode.failed)]);
  if (codes.length === 0) return exitCode.ok;
  const audits = runs.every(
    ({ state, failures }) => state !== 'failed' || failures.every(({ failure }) => failure?.exit === exitCode.problems),
  );
  return audits ? exitCode.problems : exitCode.failed;
}

/** `flights__ingest__weather`, `ingest` → ingest, weather; `flights__refine`, `airlines` → refine, airlines. */
function words({ dag, task }: FollowedTask): [string, string] {
  const [domain = '', kind = '', source] = dag.split('__');
  return [kind, source ?? (task === kind ? domain : task)];
}
