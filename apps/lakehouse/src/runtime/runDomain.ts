import type { Plan } from '@lakehouse/plan';
import type { Context } from '../context.js';
import { rememberRun } from '../workspace/lastRun.js';
import { appliedPlanFile } from '../workspace/plans.js';
import { callRuntime } from './callRuntime.js';
import { readAnswer } from './readAnswer.js';
import {
  backfillResultSchema,
  publishResultSchema,
  runResultSchema,
  type BackfillResult,
  type PublishResult,
  type RunResult,
} from './results.js';

export interface RunOptions {
  readonly until?: string | undefined;
  readonly asOf?: string | undefined;
  /** Also read the rows of the dashboards' charts. */
  readonly charts?: boolean | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface BackfillOptions {
  /** The first and the last day, `2013-01-31`. */
  readonly from: string;
  readonly to: string;
  readonly asOf?: string | undefined;
}

export interface DomainRun<Result extends RunResult = RunResult> {
  readonly domain: string;
  readonly exit: number;
  readonly seconds: number;
  /** Null where the runtime stopped before it could answer. */
  readonly result: Result | null;
}

/** Runs one domain of the applied plan and keeps the answer for the report. */
export async function runDomain(context: Context, plan: Plan, domain: string, options: RunOptions): Promise<DomainRun> {
  const { home } = context.workspace;
  const started = performance.now();
  const answer = await callRuntime(context, {
    verb: 'run',
    planFile: appliedPlanFile(home),
    arguments: [
      ...['--domain', domain],
      ...(options.until === undefined ? [] : ['--until', options.until]),
      ...asOf(options.asOf),
      ...(options.charts === true ? ['--charts'] : []),
    ],
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  });
  const result = answer.value === undefined ? null : readAnswer('run', answer.value, runResultSchema);
  return await ended(context, plan, domain, { exit: answer.exit, started, result });
}

/** Has batches that have landed refined again, then audited and published, and keeps the answer for the report. */
export async function backfillDomain(
  context: Context,
  plan: Plan,
  domain: string,
  options: BackfillOptions,
): Promise<DomainRun<BackfillResult>> {
  const started = performance.now();
  const answer = await callRuntime(context, {
    verb: 'backfill',
    planFile: appliedPlanFile(context.workspace.home),
    arguments: [...['--domain', domain], ...['--from', options.from], ...['--to', options.to], ...asOf(options.asOf)],
  });
  const result = answer.value === undefined ? null : readAnswer('backfill', answer.value, backfillResultSchema);
  return await ended(context, plan, domain, { exit: answer.exit, started, result });
}

/** What sets the verdict of an audit aside. */
export interface OverrideOptions {
  readonly by: string;
  readonly reason: string;
}

/** Publishes candidates that wait, and by an override what the audit of `run` held back; keeps the answer for the report. */
export async function publishDomain(
  context: Context,
  plan: Plan,
  domain: string,
  run: string | undefined,
  override: OverrideOptions | null,
): Promise<DomainRun<PublishResult>> {
  const started = performance.now();
  const answer = await callRuntime(context, {
    verb: 'publish-kept',
    planFile: appliedPlanFile(context.workspace.home),
    arguments: [
      ...['--domain', domain],
      ...(run === undefined ? [] : ['--of', run]),
      ...(override === null ? [] : ['--override-by', override.by, '--reason', override.reason]),
    ],
  });
  const result = answer.value === undefined ? null : readAnswer('publish-kept', answer.value, publishResultSchema);
  return await ended(context, plan, domain, { exit: answer.exit, started, result });
}

/** Has the domain's published tables get back the rows of an earlier release. */
export async function rollBackDomain(
  context: Context,
  plan: Plan,
  domain: string,
  { to }: { readonly to?: string | undefined },
): Promise<DomainRun> {
  const started = performance.now();
  const answer = await callRuntime(context, {
    verb: 'rollback',
    planFile: appliedPlanFile(context.workspace.home),
    arguments: ['--domain', domain, ...(to === undefined ? [] : ['--to', to])],
  });
  const result = answer.value === undefined ? null : readAnswer('rollback', answer.value, runResultSchema);
  return { domain, exit: answer.exit, seconds: (performance.now() - started) / 1000, result };
}

function asOf(moment: string | undefined): readonly string[] {
  return moment === undefined ? [] : ['--as-of', moment];
}

async function ended<Result extends RunResult>(
  context: Context,
  plan: Plan,
  domain: string,
  { exit, started, result }: { readonly exit: number; readonly started: number; readonly result: Result | null },
): Promise<DomainRun<Result>> {
  const seconds = (performance.now() - started) / 1000;
  if (result !== null && result.status !== 'nothingNew') {
    const finishedAt = new Date().toISOString();
    await rememberRun(context.workspace.home, { domain, plan: plan.hash, finishedAt, seconds, result });
  }
  return { domain, exit, seconds, result };
}
