import { Command } from 'commander';
import { AirflowClient } from '../airflow/airflowClient.js';
import { airflowServer } from '../airflow/airflowServer.js';
import { dagLines } from '../airflow/dagLines.js';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { installationOf } from '../platform/installation.js';
import { renderDags } from '../render/dags.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly json?: boolean;
  readonly home?: string;
}

async function dagsCommand(context: Context, options: Options): Promise<void> {
  const { terminal } = context;
  const server = await airflowServer(installationOf(withHome(context.workspace, options.home)));
  const client = await AirflowClient.logIn(server);
  const [dags, errors] = await Promise.all([dagLines(client), client.importErrors()]);
  const problems = errors.map(({ filename, stack_trace: trace }) => ({
    file: filename,
    message: trace.trim().split('\n').at(-1) ?? '',
  }));
  if (options.json === true) {
    terminal.print(JSON.stringify({ url: server.url, dags, problems }, null, 2));
  } else {
    terminal.print(renderDags(dags, terminal.style));
    for (const { file, message } of problems) terminal.note(`${terminal.noteStyle.red(file)}  ${message}`);
    terminal.print(`\n${terminal.style.dim(server.url)}`);
  }
  if (problems.length > 0) context.finish(exitCode.problems);
}

/** `lakehouse dags` */
export function dags(context: Context): Command {
  return new Command('dags')
    .summary("list Airflow's DAGs with their state, last and next run")
    .description('Exit code 1: a file of DAGs, or the applied plan, cannot be read.')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse dags\n  ./lakehouse dags --json | jq -r ".dags[].dag"')
    .action((options: Options) => dagsCommand(context, options));
}
