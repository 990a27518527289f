import { Command } from 'commander';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { examine, examineAndTell } from '../platform/examineAndTell.js';
import { installationOf } from '../platform/installation.js';
import { readSettings } from '../platform/settings.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly profile?: string;
  readonly json?: boolean;
  readonly home?: string;
}

async function doctorCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { workspace, terminal } = context;
  const installation = installationOf(workspace);
  const settings = await readSettings(installation, options, workspace.environment);
  if (options.json !== true) {
    await examineAndTell(context, installation, settings, 'all');
    return;
  }
  const findings = await examine(context, installation, settings);
  terminal.print(JSON.stringify({ profile: settings.profile, findings }, null, 2));
  if (findings.some(({ fix }) => fix !== null)) context.finish(exitCode.failed);
}

/** `lakehouse doctor` */
export function doctor(context: Context): Command {
  return new Command('doctor')
    .summary('look whether this machine can carry the platform')
    .description('Looks at the engine, Compose, memory, disk and ports, and says what to do. Changes nothing.')
    .option('--profile <size>', 'small or standard (default: as before, else small)')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse doctor\n  ./lakehouse doctor --profile standard')
    .action((options: Options) => doctorCommand(context, options));
}
