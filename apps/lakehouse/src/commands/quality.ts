import { Command } from 'commander';
import type { Context } from '../context.js';
import { renderQuality } from '../render/quality.js';
import { ask } from '../runtime/ask.js';
import { qualitySchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly json?: boolean;
  readonly home?: string;
}

async function qualityCommand(outer: Context, table: string | undefined, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const plan = await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, {
    verb: 'quality',
    arguments: table === undefined ? [] : ['--table', table],
    schema: qualitySchema,
    quiet: true,
  });
  if (answer !== null) {
    terminal.print(
      options.json === true ? JSON.stringify(answer, null, 2) : renderQuality(answer, plan, terminal.style),
    );
  }
}

/** `lakehouse quality` */
export function quality(context: Context): Command {
  return new Command('quality')
    .summary('show the quality of all tables on one screen')
    .description(
      'Shows for each table its last audit, the share of its checks that passed, its rows in quarantine by rule, how old its\nnewest row is against what its contract promises, and the incidents that stand. Spark is not started for it.',
    )
    .argument('[table]', 'only this table, such as silver.flights')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse quality
  ./lakehouse quality silver.flights
  ./lakehouse quality --json | jq '.tables[] | select(.verdict.state == "failed") | .table'`,
    )
    .action((table: string | undefined, options: Options) => qualityCommand(context, table, options));
}
