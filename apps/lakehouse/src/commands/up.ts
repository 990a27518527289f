import { partNames, type PartName } from '@lakehouse/stack';
import { Command, InvalidArgumentError, Option } from 'commander';
import { mkdir } from 'node:fs/promises';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { buildImages } from '../platform/buildImages.js';
import { connectPlatformEngine } from '../platform/connectPlatformEngine.js';
import { writeConnections } from '../platform/connectionsFile.js';
import { updateDashboards } from '../platform/dashboards.js';
import { describeServices } from '../platform/describeServices.js';
import { neededImages } from '../platform/expectations.js';
import { fetchImages } from '../platform/fetchImages.js';
import { examineAndTell } from '../platform/examineAndTell.js';
import { holdInstallation } from '../platform/holdInstallation.js';
import { installationOf } from '../platform/installation.js';
import { ensureSecrets } from '../platform/secrets.js';
import { readSettings, writeEnvFile } from '../platform/settings.js';
import { startServices } from '../platform/startServices.js';
import { renderServices } from '../render/services.js';
import { appliedPlanFile, readAppliedPlan } from '../workspace/plans.js';
import { warmGold } from '../runtime/warmGold.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly profile?: string;
  readonly workers?: number;
  readonly without?: readonly PartName[];
  readonly with?: readonly PartName[];
  readonly home?: string;
}

async function upCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal, workspace } = context;
  const installation = installationOf(workspace);
  if (!(await holdInstallation(context, installation))) return;
  const settings = await readSettings(installation, options, workspace.environment);
  if (!(await examineAndTell(context, installation, settings, 'failures'))) return;

  await mkdir(installation.files, { recursive: true });
  await ensureSecrets(installation);
  await writeConnections(installation, workspace.environment);
  await writeEnvFile(installation, settings);
  const engine = await connectPlatformEngine();
  await fetchImages(context, engine, neededImages(settings));
  if (!(await buildImages(context, neededImages(settings)))) {
    context.finish(exitCode.interrupted);
    return;
  }
  if (!(await startServices(context, engine, installation, settings))) return;
  // Where volumes are new, Superset has nothing of what was applied before.
  if ((await readAppliedPlan(workspace.home)) !== null) {
    await updateDashboards(context, installation, appliedPlanFile(workspace.home));
    await warmGold(context);
  }
  const lines = await describeServices(engine, installation, settings.variables);
  terminal.print(`\n${renderServices(lines, terminal.style)}`);
  const home = options.home === undefined ? '' : ` --home ${options.home}`;
  terminal.print(`\n${terminal.style.bold('Next')}  ./lakehouse run flights${home}`);
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
    .addOption(new Option('--without <part...>', 'leave a part out, now and later').choices([...partNames]))
    .addOption(new Option('--with <part...>', 'bring it back').choices([...partNames]))
    .addOption(homeOption())
    .addHelpText(
      'after',
      `
Ports are on loopback. LAKEHOUSE_PORT_<NAME> moves one, LAKEHOUSE_ADDRESS opens them to a network; both are remembered.

Examples:
  ./lakehouse up
  ./lakehouse up --profile standard --workers 3
  ./lakehouse up --without airflow
  LAKEHOUSE_PORT_S3=19000 ./lakehouse up`,
    )
    .action((options: Options) => upCommand(context, options));
}
