import { publishedAddress, publishedPorts, valueOf } from '@lakehouse/stack';
import { supersetIdentity } from '@lakehouse/connections';
import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { requireDashboards } from '../platform/dashboards.js';
import { installationOf } from '../platform/installation.js';
import { readEnvFile } from '../platform/settings.js';
import { requireAppliedPlan } from '../workspace/appliedPlan.js';
import { withHome } from '../workspace/workspace.js';
import { homeOption } from './homeOption.js';

interface Options {
  readonly home?: string;
}

async function openCommand(outer: Context, name: string | undefined, options: Options): Promise<void> {
  const workspace = withHome(outer.workspace, options.home);
  const installation = installationOf(workspace);
  await requireDashboards(installation);
  const { dashboards } = await requireAppliedPlan(workspace.home);
  const dashboard = dashboards.find((known) => name === undefined || known.name === name);
  if (dashboard === undefined) {
    const names = dashboards.map((known) => known.name).join(', ');
    throw new Failure('LH3124', name ?? '', 'There is no such dashboard.', `Choose one of: ${names}.`, exitCode.usage);
  }
  const variables = await readEnvFile(installation.envFile);
  const address = valueOf(publishedAddress, variables);
  const host = address === '0.0.0.0' ? '127.0.0.1' : address;
  const url = `http://${host}:${valueOf(publishedPorts.superset, variables)}/superset/dashboard/${dashboard.name}/`;
  const { name: user, secret } = supersetIdentity.admin;
  outer.terminal.print(url);
  outer.terminal.note(`Log in as ${user}; the password is in ${join(installation.secrets, secret)}.`);
  showInBrowser(url, workspace.environment);
}

/** Does nothing where there is no screen; the address was printed. */
function showInBrowser(url: string, environment: Readonly<Record<string, string | undefined>>): void {
  const isMac = process.platform === 'darwin';
  if (!isMac && (environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY']) === undefined) return;
  const browser = spawn(isMac ? 'open' : 'xdg-open', [url], { detached: true, stdio: 'ignore' });
  browser.once('error', () => undefined);
  browser.unref();
}

/** `lakehouse open` */
export function open(context: Context): Command {
  return new Command('open')
    .summary('open a dashboard in the browser')
    .argument('[dashboard]', 'its name (default: the first)')
    .addOption(homeOption())
    .addHelpText('after', '\nExamples:\n  ./lakehouse open\n  ./lakehouse open carrier_scorecard')
    .action((name: string | undefined, options: Options) => openCommand(context, name, options));
}
