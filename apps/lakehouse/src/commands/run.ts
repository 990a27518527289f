import type { Plan } from '@lakehouse/plan';
import { Command, Option } from 'commander';
import { type EndedRun } from '../airflow/followRuns.js';
import { exitOf, runViaAirflow } from '../airflow/runViaAirflow.js';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { renderRunProblems } from '../render/runProblems.js';
import { renderRunSummary } from '../render/runSummary.js';
import { analyseAndApply, compileOrExplain } from '../runtime/analyseAndApply.js';
import { runDomain, type DomainRun } from '../runtime/runDomain.js';
import { domainOrder } from '../runtime/domainOrder.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly all?: boolean;
  readonly until?: string;
  readonly asOf?: string;
  readonly via?: 'airflow';
  readonly json?: boolean;
  readonly home?: string;
}

async function runCommand(outer: Context, names: readonly string[], options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  if (names.length === 0 && options.all !== true) {
    throw new Failure('LH3027', 'run', 'No domain was named.', 'Name one or more, or say --all.', exitCode.usage);
  }
  const plan = await compileOrExplain(context);
  if (plan === null) {
    return;
  }
  const domains = domainOrder(plan, options.all === true ? null : names);
  if (!(await analyseAndApply(context, plan))) {
    return;
  }
  if (options.via !== undefined) {
    await runDomainsViaAirflow(context, plan, domains, options);
    return;
  }
  const runs: DomainRun[] = [];
  for (const domain of domains) {
    const run = await runDomain(context, plan, domain, { until: options.until, asOf: options.asOf });
    runs.push(run);
    context.finish(run.exit);
    if (run.result !== null && options.json !== true) {
      terminal.print(`\n${renderRunSummary(domain, run.result, run.seconds, terminal.style)}`);
      const explanation = renderRunProblems(run.result, plan, terminal.style);
      if (explanation !== '') {
        terminal.print(`\n${explanation}`);
      }
    }
    if (run.exit === exitCode.interrupted) {
      break;
    }
  }
  if (options.json === true) {
    terminal.print(JSON.stringify({ plan: plan.hash, runs }, null, 2));
  }
}

async function runDomainsViaAirflow(
  context: Context,
  plan: Plan,
  domains: readonly string[],
  options: Options,
): Promise<void> {
  const { terminal } = context;
  if (options.until !== undefined || options.asOf !== undefined) {
    throw new Failure(
      'LH3116',
      'run --via airflow',
      "Airflow's DAGs go on to gold, by the clock of now.",
      'Leave out --until and --as-of, or --via airflow.',
      exitCode.usage,
    );
  }
  const all: EndedRun[] = [];
  for (const domain of domains) {
    const ended = await runViaAirflow(context, plan, domain);
    all.push(...ended);
    for (const { dag, failures } of ended) {
      for (const { task, failure } of failures) {
        terminal.note(`${terminal.noteStyle.red(`${dag}.${task}`)}  ${failure?.message ?? 'see its log in Airflow'}`);
      }
    }
  }
  context.finish(exitOf(all));
  if (options.json === true) terminal.print(JSON.stringify({ plan: plan.hash, runs: all }, null, 2));
}

/** `lakehouse run` */
export function run(context: Context): Command {
  return new Command('run')
    .summary('bring domains up to date, from their sources to published gold')
    .description(
      'Compiles, then lands, ingests, refines, audits and publishes what is new. What fails its contract is quarantined,\nand gold changes only where the audit passed. While tasks of Airflow hold the domain it waits for them.\nExit code 1: problems in files or a failed audit; 4: another command holds the domain.',
    )
    .argument('[domains...]', 'domains to run')
    .option('--all', 'every domain, each after those it reads from')
    .addOption(new Option('--until <layer>', 'stop after this layer').choices(['silver']))
    .option('--as-of <timestamp>', 'the clock that freshness is judged by (default: now), such as 2014-01-01T00:00:00Z')
    .addOption(new Option('--via <scheduler>', 'let it run the domain, and follow its runs').choices(['airflow']))
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse run flights
  ./lakehouse run flights --until silver
  ./lakehouse run flights --via airflow
  ./lakehouse run --all --json`,
    )
    .action((names: string[], options: Options) => runCommand(context, names, options));
}
