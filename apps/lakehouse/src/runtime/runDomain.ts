import type { Plan } from '@lakehouse/plan';
import type { Context } from '../context.js';
import { rememberRun } from '../workspace/lastRun.js';
import { appliedPlanFile } from '../workspace/plans.js';
import { callRuntime } from './callRuntime.js';
import { readAnswer } from './readAnswer.js';
import { runResultSchema, type RunResult } from './results.js';

export interface RunOptions {
  readonly until?: string | undefined;
  readonly asOf?: string | undefined;
  /** Also read the rows of the dashboards' charts. */
  readonly charts?: boolean | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface DomainRun {
  readonly domain: string;
  readonly exit: number;
  readonly seconds: number;
  /** Null where the runtime stopped before it could answer. */
  readonly result: RunResult | null;
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
      ...(options.asOf === undefined ? [] : ['--as-of', options.asOf]),
      ...(options.charts === true ? ['--charts'] : []),
    ],
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  });
  const seconds = (performance.now() - started) / 1000;
  const result = answer.value === undefined ? null : readAnswer('run', answer.value, runResultSchema);
  if (result !== null && result.status !== 'nothingNew') {
    await rememberRun(home, { domain, plan: plan.hash, finishedAt: new Date().toISOString(), seconds, result });
  }
  return { domain, exit: answer.exit, seconds, result };
}
