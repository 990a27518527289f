import { Command } from 'commander';
import { hostname, userInfo } from 'node:os';
import type { Context } from '../context.js';
import { renderBatches, renderRevert } from '../render/batches.js';
import { ask } from '../runtime/ask.js';
import { batchListSchema, revertSchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly table?: string;
  readonly reason?: string;
  readonly json?: boolean;
  readonly home?: string;
}

async function listCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'batch',
    arguments: ['list', ...(options.table === undefined ? [] : ['--table', options.table])],
    schema: batchListSchema,
    quiet: true,
  });
  if (answer !== null) {
    terminal.print(
      options.json === true ? JSON.stringify(answer, null, 2) : renderBatches(answer.batches, terminal.style),
    );
  }
}

async function revertCommand(outer: Context, batch: string, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  await requireAppliedPlan(context.workspace.home);
  const by = `${userInfo().username}@${hostname()}`;
  const answer = await ask(context, {
    verb: 'batch',
    arguments: ['revert', '--id', batch, '--by', by, '--reason', options.reason ?? ''],
    schema: revertSchema,
  });
  if (answer !== null) {
    terminal.print(options.json === true ? JSON.stringify(answer, null, 2) : renderRevert(answer, terminal.style));
  }
}

/** `lakehouse batch list|revert` */
export function batch(context: Context): Command {
  const list = new Command('list')
    .summary('list batches and what became of their rows')
    .description(
      'Lists the batches of silver tables: rows, how many were merged or quarantined, and the release on them.',
    )
    .option('--table <table>', 'only this table, such as silver.flights')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .action((options: Options) => listCommand(context, options));
  const revert = new Command('revert')
    .summary('take a bad batch out of silver again')
    .description(
      'Rebuilds the keys that a batch touched in silver from the other batches in bronze, as if it had never come; its rows leave\nquarantine. Bronze keeps it, and no rebuild or backfill reads it again. The next run audits and publishes.',
    )
    .argument('<id>', 'the batch, as `batch list` names it')
    .option('--reason <text>', 'why; it is written down with who did it')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .action((id: string, options: Options) => revertCommand(context, id, options));
  return new Command('batch')
    .summary('list batches, take a bad one out')
    .description('A batch is what one extraction brought: a file, or the rows of a range.')
    .addCommand(list)
    .addCommand(revert)
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse batch list --table silver.flights
  ./lakehouse batch revert flights-000007 --reason "delays in hours instead of minutes"
  ./lakehouse run flights`,
    );
}
