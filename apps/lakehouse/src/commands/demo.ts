import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { renderRunProblems } from '../render/runProblems.js';
import { renderPath } from '../render/path.js';
import { renderRunSummary } from '../render/runSummary.js';
import { ask } from '../runtime/ask.js';
import { prepareDemoSources } from '../runtime/prepareDemoSources.js';
import { analyseAndApply, compileOrExplain } from '../runtime/analyseAndApply.js';
import { runDomain } from '../runtime/runDomain.js';
import { serveDemoSources } from '../runtime/demoSources.js';
import { chartsSchema } from '../runtime/results.js';
import { writeReport } from '../runtime/writeReport.js';
import { connectionVariable } from '../workspace/connections.js';
import { readLastRun } from '../workspace/lastRun.js';
import { reportFile } from '../workspace/reports.js';
import { withHome } from '../workspace/workspace.js';

interface Options {
  readonly home?: string;
  readonly faults: boolean;
}

const domain = 'flights';
/** The demo's data ends with 2013; its freshness is judged by the day after. */
const clock = '2014-01-01T00:00:00Z';

async function demoCommand(outer: Context, options: Options): Promise<void> {
  const { root, environment } = outer.workspace;
  const home =
    options.home ?? (environment['LAKEHOUSE_HOME'] === undefined ? join(root, '.lakehouse', 'demo') : undefined);
  const context = { ...outer, workspace: withHome(outer.workspace, home) };
  const { terminal, workspace } = context;
  const folder = join(workspace.home, 'sources');
  if (!(await prepareDemoSources(context, folder, options.faults))) {
    return;
  }
  const server = await serveDemoSources(context, folder);
  try {
    const plan = await compileOrExplain(context);
    if (plan === null || !(await analyseAndApply(context, plan))) {
      return;
    }
    const report = reportFile(workspace.home, domain);
    const run = await runDomain(context, plan, domain, {
      asOf: clock,
      charts: !existsSync(report),
      environment: {
        [connectionVariable('flight_files')]: pathToFileURL(folder).href,
        [connectionVariable('operations_db')]: `sqlite:///${join(folder, 'operations.db')}`,
        [connectionVariable('weather_api')]: server.url,
      },
    });
    context.finish(run.exit);
    const last = await readLastRun(workspace.home, domain);
    if (run.result === null || run.exit === exitCode.interrupted || last === null) {
      return;
    }
    if (run.result.status !== 'nothingNew' || !existsSync(report)) {
      const charts =
        run.result.charts ??
        (await ask(context, { verb: 'charts', arguments: ['--domain', domain], schema: chartsSchema }))?.charts ??
        [];
      await writeReport(context, plan, last, charts);
    }
    const { style } = terminal;
    const failure = renderRunProblems(run.result, plan, style);
    const where = renderPath(workspace.home);
    terminal.print(
      [
        '',
        renderRunSummary(domain, run.result, run.seconds, style),
        ...(failure === '' ? [] : ['', failure]),
        '',
        `${style.bold('Report')}  ${renderPath(report)}`,
        `${style.bold('Next')}    ./lakehouse query --home ${where} "select * from gold.daily_carrier_punctuality"`,
        `        ./lakehouse quarantine list --home ${where}`,
      ].join('\n'),
    );
  } finally {
    server.stop();
  }
}

/** `lakehouse demo` */
export function demo(context: Context): Command {
  return new Command('demo')
    .summary('run a whole domain from its sources to published gold, and write its report')
    .description(
      'Plays the sources of the flights domain (files, a database, an HTTP API; on this machine only), with faults as in life,\nruns it in a home of its own, and writes a report. Running it again finds nothing new.',
    )
    .option('--home <dir>', 'folder of the demo (default: $LAKEHOUSE_HOME, else .lakehouse/demo)')
    .option('--no-faults', 'without faults in the sources')
    .addHelpText('after', '\nExamples:\n  ./lakehouse demo\n  ./lakehouse demo --no-faults --home /tmp/clean')
    .action((options: Options) => demoCommand(context, options));
}
