import { Command, InvalidArgumentError, Option } from 'commander';
import { mkdir } from 'node:fs/promises';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { buildImages } from '../platform/buildImages.js';
import { connectPlatformEngine } from '../platform/connectPlatformEngine.js';
import { writeConnections } from '../platform/connectionsFile.js';
import { describeServices } from '../platform/describeServices.js';
import { neededImages } from '../platform/expectations.js';
import { examineAndTell } from '../platform/examineAndTell.js';
import { installationOf } from '../platform/installation.js';
import { ensureSecrets } from '../platform/secrets.js';
import { readEnvFile, settingsFor, writeEnvFile } from '../platform/settings.js';
import { startServices } from '../platform/startServices.js';
import { renderServices } from '../render/services.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly profile?: string;
  readonly workers?: number;
  readonly home?: string;
}

async function upCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal, workspace } = context;
  const installation = installationOf(workspace);
  const before = await readEnvFile(installation.envFile);
  const settings = settingsFor(installation, options, before, workspace.environment);
  if (!(await examineAndTell(context, installation, settings, 'failures'))) return;

  await mkdir(installation.files, { recursive: true });
  await ensureSecrets(installation);
  await writeConnections(installation, workspace.environment);
  await writeEnvFile(installation, settings);
  if (!(await buildImages(context, neededImages(settings)))) {
    context.finish(exitCode.interrupted);
    return;
  }
  if (!(await startServices(context, installation, settings))) return;
  const lines = await describeServices(await connectPlatformEngine(), installation, settings.variables);
  terminal.print(`\n${renderServices(lines, terminal.style)}`);
  terminal.print(`\n${terminal.style.bold('Next')}  ./lakehouse run flights`);
}

function parseWorkers(text: string): number {
  const workers = Number(text);
  if (!Number.isInteger(workers) || workers < 1) throw new InvalidArgumentError('A whole number from 1 is expected.');
  return workers;
}

/** `lakehouse up` */
export function up(context: Context): Command {
  return new Command('up')
    .summary('bring up the platform in Docker')
    .description(
      'Looks whether this machine can carry it, makes secrets, builds the images that are missing or changed, starts the\nservices and waits until they are healthy. Done again it changes only what changed. Commands then work on the platform.',
    )
    .addOption(new Option('--profile <size>', 'small or standard (default: as before, else small)'))
    .addOption(new Option('--workers <n>', 'how many Spark workers (default: as before)').argParser(parseWorkers))
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Ports are on loopback. LAKEHOUSE_PORT_<NAME> moves one, LAKEHOUSE_ADDRESS opens them to a network; both are remembered.

Examples:
  ./lakehouse up
  ./lakehouse up --profile standard --workers 3
  LAKEHOUSE_PORT_S3=19000 ./lakehouse up`,
    )
    .action((options: Options) => upCommand(context, options));
}
