import { Command } from 'commander';
import type { Context } from '../context.js';
import { renderStatus } from '../render/status.js';
import { ask } from '../runtime/ask.js';
import { statusSchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly json?: boolean;
  readonly home?: string;
}

async function statusCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, { verb: 'status', arguments: [], schema: statusSchema, quiet: true });
  if (answer !== null) {
    const { terminal } = context;
    terminal.print(options.json === true ? JSON.stringify(answer, null, 2) : renderStatus(answer, terminal.style));
  }
}

/** `lakehouse status` */
export function status(context: Context): Command {
  return new Command('status')
    .summary('show tables, last runs, quarantine, lock and rollback window')
    .description('Reads the tables without starting Spark, so it answers at once, also while a run is under way.')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse status\n  ./lakehouse status --home .lakehouse/demo')
    .action((options: Options) => statusCommand(context, options));
}
