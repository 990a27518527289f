import { Command } from 'commander';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { renderPath } from '../render/path.js';
import { ask } from '../runtime/ask.js';
import { domainOrder } from '../runtime/domainOrder.js';
import { chartsSchema } from '../runtime/results.js';
import { writeReport } from '../runtime/writeReport.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { readLastRun } from '../workspace/lastRun.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly json?: boolean;
  readonly home?: string;
}

async function reportCommand(outer: Context, name: string | undefined, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const { home } = context.workspace;
  const plan = await requireAppliedPlan(home);
  const reports: { readonly domain: string; readonly file: string }[] = [];
  for (const domain of domainOrder(plan, name === undefined ? null : [name])) {
    const run = await readLastRun(home, domain);
    if (run === null) {
      if (name !== undefined) {
        throw new Failure('LH3032', domain, 'It has not run yet.', `./lakehouse run ${domain}`, exitCode.usage);
      }
      continue;
    }
    const answer = await ask(context, { verb: 'charts', arguments: ['--domain', domain], schema: chartsSchema });
    if (answer === null) {
      return;
    }
    const file = await writeReport(context, plan, run, answer.charts);
    reports.push({ domain, file });
    if (options.json !== true) {
      terminal.print(`${terminal.style.bold(domain)}  ${renderPath(file)}`);
    }
  }
  if (options.json === true) {
    terminal.print(JSON.stringify({ reports }, null, 2));
  }
}

/** `lakehouse report` */
export function report(context: Context): Command {
  return new Command('report')
    .summary('write the HTML report of the last run')
    .description(
      'Writes one self-contained HTML file a domain: its charts with fresh data, quality, quarantine, lineage and data dictionary.',
    )
    .argument('[domain]', 'only this domain')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse report flights\n  ./lakehouse report --home .lakehouse/demo')
    .action((name: string | undefined, options: Options) => reportCommand(context, name, options));
}
