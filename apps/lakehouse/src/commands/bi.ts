import { Command } from 'commander';
import { join } from 'node:path';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { askDashboards, type DashboardVerb, requireDashboards } from '../platform/dashboards.js';
import { installationOf } from '../platform/installation.js';
import { compileOrExplain } from '../runtime/analyseAndApply.js';
import { writeAtomically } from '../workspace/atomicFile.js';
import { storePlan } from '../workspace/plans.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly home?: string;
  readonly write?: boolean;
}

/** What superset-bootstrap answers about the files as they are now; null, with the exit code set, where it does not. */
async function ask(context: Context, verb: DashboardVerb): Promise<string | null> {
  const installation = installationOf(context.workspace);
  await requireDashboards(installation);
  const plan = await compileOrExplain(context);
  if (plan === null) return null;
  const file = await storePlan(context.workspace.home, plan);
  const { exit, output, error } = await askDashboards(context, installation, file, verb);
  context.finish(exit);
  if (exit === exitCode.ok) return output;
  context.terminal.note(error.trim());
  return null;
}

async function printed(outer: Context, options: Options, verb: DashboardVerb): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const answer = await ask(context, verb);
  if (answer !== null) context.terminal.print(answer);
}

async function exportCommand(outer: Context, dashboard: string, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const text = await ask(context, ['export', dashboard]);
  if (text === null) return;
  if (options.write !== true) {
    context.terminal.print(text);
    return;
  }
  const plan = await compileOrExplain(context);
  const known = plan?.dashboards.find(({ name, title }) => name === dashboard || title === dashboard);
  if (known === undefined) {
    throw new Failure(
      'LH3123',
      dashboard,
      'It is not told which domain the dashboard belongs to.',
      'Leave --write out, and put what is printed into the dashboards folder of a domain.',
      exitCode.usage,
    );
  }
  await writeAtomically(join(context.workspace.root, known.file), `${text.trimEnd()}\n`);
  context.terminal.print(`Wrote ${known.file}.`);
}

/** `lakehouse bi` */
export function bi(context: Context): Command {
  const command = new Command('bi')
    .summary('dashboards in Superset: bring them to the files, or the files to them')
    .description('Superset shows what the dashboards folders of the domains say. What users make there by hand stays.')
    .addHelpText('after', '\nExamples:\n  ./lakehouse bi diff\n  ./lakehouse bi export routes');
  command
    .command('apply')
    .summary('bring Superset to what the files say')
    .description('Datasets, charts and dashboards are made, overwritten or removed. `apply`, `run` and `up` do it too.')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse bi diff\n  ./lakehouse bi apply')
    .action((options: Options) => printed(context, options, ['apply']));
  command
    .command('diff')
    .summary('show what apply would change')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse bi diff')
    .action((options: Options) => printed(context, options, ['diff']));
  command
    .command('export')
    .summary('print a dashboard that was edited in the browser as a file of its domain')
    .argument('<dashboard>', 'its name or title')
    .option('--write', 'write it into the folder of its domain')
    .addOption(homeOption())
    .addHelpText(
      'after',
      '\nExamples:\n  ./lakehouse bi export routes\n  ./lakehouse bi export routes --write && git diff',
    )
    .action((dashboard: string, options: Options) => exportCommand(context, dashboard, options));
  return command;
}
