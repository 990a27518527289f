import { Command } from 'commander';
import type { Context } from '../context.js';
import { connectPlatformEngine } from '../platform/connectPlatformEngine.js';
import { describeServices } from '../platform/describeServices.js';
import { installationOf, isPlatform, type Installation } from '../platform/installation.js';
import { readEnvFile } from '../platform/settings.js';
import { renderServices, type ServiceLine } from '../render/services.js';
import { renderStatus } from '../render/status.js';
import { ask } from '../runtime/ask.js';
import { statusSchema } from '../runtime/results.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { readAppliedPlan } from '../workspace/plans.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly json?: boolean;
  readonly home?: string;
}

async function statusCommand(outer: Context, options: Options): Promise<void> {
  const context = { ...outer, workspace: withHome(outer.workspace, options.home) };
  const { terminal } = context;
  const installation = installationOf(context.workspace);
  const services = isPlatform(installation) ? await readServices(installation) : null;
  if (services !== null && options.json !== true) terminal.print(`${renderServices(services, terminal.style)}\n`);
  if (services !== null && (await readAppliedPlan(context.workspace.home)) === null) {
    const empty = { tables: [], runs: [], locks: {}, quarantine: [], overrides: [], services };
    terminal.print(
      options.json === true ? JSON.stringify(empty, null, 2) : 'Nothing has run yet: ./lakehouse run NAME',
    );
    return;
  }
  await requireAppliedPlan(context.workspace.home);
  const answer = await ask(context, { verb: 'status', arguments: [], schema: statusSchema, quiet: true });
  if (answer === null) return;
  if (options.json === true) {
    terminal.print(JSON.stringify(services === null ? answer : { ...answer, services }, null, 2));
  } else {
    terminal.print(renderStatus(answer, terminal.style));
  }
}

async function readServices(installation: Installation): Promise<readonly ServiceLine[]> {
  return await describeServices(await connectPlatformEngine(), installation, await readEnvFile(installation.envFile));
}

/** `lakehouse status` */
export function status(context: Context): Command {
  return new Command('status')
    .summary('show services, tables, last runs, quarantine, lock and rollback window')
    .description('Reads the tables without starting Spark, so it answers at once, also while a run is under way.')
    .option('--json', 'answer as JSON')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse status\n  ./lakehouse status --home .lakehouse/demo')
    .action((options: Options) => statusCommand(context, options));
}
