import { Command } from 'commander';
import type { Context } from '../context.js';
import { renderTable } from '../render/table.js';
import { ask } from '../runtime/ask.js';
import { maintenanceSchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly home?: string;
}

async function maintainCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'maintain',
    arguments: options.dryRun === true ? ['--dry-run'] : [],
    schema: maintenanceSchema,
  });
  if (answer === null) {
    return;
  }
  if (options.json === true) {
    terminal.print(JSON.stringify(answer, null, 2));
    return;
  }
  const rows = answer.actions.map(({ table, action, detail }) => [table, action, detail]);
  const columns = [{ title: 'table' }, { title: options.dryRun === true ? 'would' : 'did' }, { title: 'detail' }];
  terminal.print(rows.length === 0 ? 'Nothing to do.' : renderTable(columns, rows, terminal.style));
}

/** `lakehouse maintain` */
export function maintain(context: Context): Command {
  return new Command('maintain')
    .summary('compact and vacuum the tables, delete what is past its retention')
    .description(
      'Compacts small files, deletes rows past their retention, and vacuums; never inside the rollback window.',
    )
    .option('--dry-run', 'only say what would be done')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse maintain --dry-run\n  ./lakehouse maintain')
    .action((options: Options) => maintainCommand(context, options));
}
