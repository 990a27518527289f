import { Command } from 'commander';
import type { Context } from '../context.js';
import { analyseAndApply, compileOrExplain } from '../runtime/analyseAndApply.js';
import { domainOrder } from '../runtime/domainOrder.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly home?: string;
}

async function applyCommand(outer: Context, name: string | undefined, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const plan = await compileOrExplain(context);
  if (plan === null) return;
  domainOrder(plan, name === undefined ? null : [name]);
  if (await analyseAndApply(context, plan, { reconfigure: true })) {
    context.terminal.print(`Plan ${plan.hash.slice(0, 12)} is applied; the next run uses it.`);
  }
}

/** `lakehouse apply` */
export function apply(context: Context): Command {
  return new Command('apply')
    .summary('compile, check on Spark, and make the plan the one that runs use')
    .description(
      'Takes seconds: builds no image and restarts nothing. All domains make one plan; a named one has to be in it.\nWhat it changes in the tables is shown by `./lakehouse plan` and done by the next run.',
    )
    .argument('[domain]', 'check that the plan has this domain')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse apply\n  ./lakehouse apply flights')
    .action((name: string | undefined, options: Options) => applyCommand(context, name, options));
}
