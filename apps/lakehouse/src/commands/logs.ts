import { composeFiles } from '@lakehouse/stack';
import { Command } from 'commander';
import type { Context } from '../context.js';
import { composeCommand } from '../platform/composeClient.js';
import { startedFiles } from '../platform/expectations.js';
import { installationOf } from '../platform/installation.js';
import { requireInstallation } from '../platform/requireInstallation.js';
import { readSettings } from '../platform/settings.js';
import { runForeground } from '../runtime/foreground.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly follow?: boolean;
  readonly tail: string;
  readonly home?: string;
}

async function logsCommand(context: Context, service: string | undefined, options: Options): Promise<void> {
  const workspace = withHome(context.workspace, options.home);
  const installation = installationOf(workspace);
  requireInstallation(installation);
  const words = [
    ...['logs', '--tail', options.tail],
    ...(options.follow === true ? ['--follow'] : []),
    ...(service === undefined ? [] : [service]),
  ];
  const settings = await readSettings(installation, {}, workspace.environment);
  const files = startedFiles(settings).filter(
    ({ stack }) => service === undefined || stack.services.some(({ name }) => name === service),
  );
  // A service that there is not is for docker-compose to complain of.
  const asked = files.length > 0 ? files : composeFiles.slice(0, 1);
  const codes = await Promise.all(
    asked.map(({ file }) =>
      runForeground({
        ...composeCommand(installation, workspace.environment, words, file),
        folder: workspace.root,
        environment: workspace.environment,
      }),
    ),
  );
  context.finish(Math.max(...codes));
}

/** `lakehouse logs` */
export function logs(context: Context): Command {
  return new Command('logs')
    .summary('show what the services of the platform say')
    .argument('[service]', 'only this one')
    .option('--follow', 'go on until Ctrl-C')
    .option('--tail <lines>', 'only the last lines of each', '100')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse logs\n  ./lakehouse logs query-server --follow')
    .action((service: string | undefined, options: Options) => logsCommand(context, service, options));
}
