import { composeFiles } from '@lakehouse/stack';
import { Command } from 'commander';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { composeRun } from '../platform/composeRun.js';
import { holdInstallation } from '../platform/holdInstallation.js';
import { installationOf, isPlatform } from '../platform/installation.js';
import { requireInstallation } from '../platform/requireInstallation.js';
import { ask } from '../runtime/ask.js';
import { endedSchema } from '../runtime/results.js';
import { appliedPlanFile } from '../workspace/plans.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly volumes?: boolean;
  readonly yes?: boolean;
  readonly home?: string;
}

async function downCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const installation = installationOf(context.workspace);
  if (!isPlatform(installation) && (await endWarmSpark(context))) return;
  requireInstallation(installation);
  if (options.volumes === true && options.yes !== true && !(await confirmed(installation.project))) {
    context.terminal.note('Nothing was done.');
    context.finish(exitCode.failed);
    return;
  }
  if (!(await holdInstallation(context, installation))) return;
  const volumes = options.volumes === true ? ['--volumes'] : [];
  // What stands on others goes first: a network that is in use cannot be removed.
  for (const { file } of [...composeFiles].reverse()) {
    if (!(await composeRun(context, installation, ['down', ...volumes], { file }))) return;
  }
  if (options.volumes === true) {
    await rm(installation.envFile);
    // The next platform of this home was never told of it.
    await rm(appliedPlanFile(context.workspace.home), { force: true });
  }
  context.terminal.print(
    options.volumes === true ? 'The platform and its data are gone.' : 'The platform is down; its data stay.',
  );
}

async function endWarmSpark(context: Context): Promise<boolean> {
  const answer = await ask(context, { verb: 'end-warm', arguments: [], schema: endedSchema, quiet: true });
  if (answer?.ended === true) context.terminal.print('Spark, which stayed ready, has ended.');
  return answer?.ended === true;
}

async function confirmed(project: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Failure(
      'LH3108',
      'down --volumes',
      'This removes all data, and nobody is here to be asked.',
      'Add --yes where that is meant.',
      exitCode.usage,
    );
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await asking.question(`All data of ${project} will be removed. Write ${project} to go on: `)) === project;
  } finally {
    asking.close();
  }
}

/** `lakehouse down` */
export function down(context: Context): Command {
  return new Command('down')
    .summary('end the platform; its data stay')
    .description(
      'Removes the containers and networks of the platform, and nothing else. ./lakehouse up brings it back.\nWithout a platform it ends the Spark that LAKEHOUSE_WARM keeps ready.',
    )
    .option('--volumes', 'also remove all data; asks first')
    .option('--yes', 'do not ask')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse down\n  ./lakehouse down --volumes --yes')
    .action((options: Options) => downCommand(context, options));
}
