import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { renderRunProblems } from '../render/runProblems.js';
import { renderBackfillSummary } from '../render/backfillSummary.js';
import { analyseAndApply, compileOrExplain } from '../runtime/analyseAndApply.js';
import { domainOrder } from '../runtime/domainOrder.js';
import { backfillDomain } from '../runtime/runDomain.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly asOf?: string;
  readonly json?: boolean;
  readonly home?: string;
}

function parseDay(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('It is no day such as 2013-01-31.');
  }
  return text;
}

async function backfillCommand(outer: Context, name: string, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const { from, to, asOf } = options;
  if (from > to) {
    throw new Failure(
      'LH3036',
      `${from} to ${to}`,
      'These days end before they begin.',
      'Exchange them.',
      exitCode.usage,
    );
  }
  const plan = await compileOrExplain(context);
  if (plan === null) {
    return;
  }
  for (const domain of domainOrder(plan, [name])) {
    if (!(await analyseAndApply(context, plan))) {
      return;
    }
    const run = await backfillDomain(context, plan, domain, { from, to, asOf });
    context.finish(run.exit);
    if (options.json === true) {
      terminal.print(JSON.stringify({ plan: plan.hash, ...run }, null, 2));
    } else if (run.result !== null) {
      terminal.print(`\n${renderBackfillSummary(domain, run.result, run.seconds, terminal.style)}`);
      const explanation = renderRunProblems(run.result, plan, terminal.style);
      if (explanation !== '') {
        terminal.print(`\n${explanation}`);
      }
    }
  }
}

/** `lakehouse backfill` */
export function backfill(context: Context): Command {
  return new Command('backfill')
    .summary('refine batches that have landed again, then audit and publish')
    .description(
      'Refines the batches of some days again, interval by interval, as if they had just landed; audits silver and publishes gold.\nA batch is of the days or months that its file names, or that its extraction spans; else of the day on which it landed.\nOne that was cut short goes on where it stopped. Exit codes are those of run.',
    )
    .argument('<domain>', 'domain to refine')
    .requiredOption('--from <date>', 'the first day, such as 2013-01-01', parseDay)
    .requiredOption('--to <date>', 'the last day, which is included', parseDay)
    .option('--as-of <timestamp>', 'the clock that freshness is judged by (default: now), such as 2014-01-01T00:00:00Z')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Examples:
  ./lakehouse backfill flights --from 2013-02-01 --to 2013-03-31
  ./lakehouse backfill flights --from 2013-01-01 --to 2013-12-31 --json`,
    )
    .action((name: string, options: Options) => backfillCommand(context, name, options));
}
