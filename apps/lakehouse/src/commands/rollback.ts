import { Command } from 'commander';
import type { Context } from '../context.js';
import { renderRunSummary } from '../render/runSummary.js';
import { domainOrder } from '../runtime/domainOrder.js';
import { rollBackDomain } from '../runtime/runDomain.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly to?: string;
  readonly json?: boolean;
  readonly home?: string;
}

async function rollbackCommand(outer: Context, name: string, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const plan = await requireAppliedPlan(context.workspace.home);
  for (const domain of domainOrder(plan, [name])) {
    const run = await rollBackDomain(context, plan, domain, { to: options.to });
    context.finish(run.exit);
    if (options.json === true) {
      terminal.print(JSON.stringify({ plan: plan.hash, ...run }, null, 2));
    } else if (run.result !== null) {
      terminal.print(`\n${renderRunSummary(domain, run.result, run.seconds, terminal.style)}`);
      terminal.print('The next run brings gold up to date again: mend first what was wrong.');
    }
  }
}

/** `lakehouse rollback` */
export function rollback(context: Context): Command {
  return new Command('rollback')
    .summary('give published tables back the rows of an earlier release')
    .description(
      'Gives the published tables of a domain back the rows of an earlier release, at once, and records that as a run and a release of its own.\nOnly what passed its audit comes back. `./lakehouse status` shows the rollback window; `ops.releases` has the releases.',
    )
    .argument('<domain>', 'domain to roll back')
    .option('--to <release>', 'default: the release before the one that the tables stand on')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse rollback flights
  ./lakehouse rollback flights --to release-20260301-120000-5c49ae`,
    )
    .action((name: string, options: Options) => rollbackCommand(context, name, options));
}
