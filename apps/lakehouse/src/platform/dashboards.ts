import { type Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { runChild } from '../runtime/child.js';
import { composeCommand } from './composeClient.js';
import { composeEnvironment } from './composeEnvironment.js';
import { type Installation, isPlatform } from './installation.js';
import { renderPath } from '../render/path.js';
import { requireInstallation } from './requireInstallation.js';
import { readEnvFile } from './settings.js';

/** Where the container sees the plan. */
const mountedPlan = '/plan.json';

/** What superset-bootstrap can be told to do. */
export type DashboardVerb = readonly ['apply'] | readonly ['diff'] | readonly ['export', string];

export interface DashboardAnswer {
  readonly exit: number;
  readonly output: string;
  /** What it said of an error. */
  readonly error: string;
}

/** Whether Superset is a part of this installation. */
export async function hasDashboards(installation: Installation): Promise<boolean> {
  if (!isPlatform(installation)) return false;
  const { COMPOSE_PROFILES: parts = '' } = await readEnvFile(installation.envFile);
  return parts.split(',').includes('superset');
}

/** For commands on dashboards: throws Failure LH3106 without a platform, LH3122 where Superset was left out of it. */
export async function requireDashboards(installation: Installation): Promise<void> {
  requireInstallation(installation);
  if (await hasDashboards(installation)) return;
  throw new Failure(
    'LH3122',
    renderPath(installation.home),
    'Superset is no part of this platform.',
    'Bring it up with it: ./lakehouse up.',
    exitCode.usage,
  );
}

/** Runs superset-bootstrap with a plan file. Throws Failure LH3121 where docker-compose cannot be started. */
export async function askDashboards(
  context: Context,
  installation: Installation,
  planFile: string,
  verb: DashboardVerb,
): Promise<DashboardAnswer> {
  const { environment } = context.workspace;
  const { command, arguments: words } = composeCommand(installation, environment, [
    ...['run', '--rm', '--no-deps', '-T', '--volume', `${planFile}:${mountedPlan}:ro`],
    ...['superset-bootstrap', ...verb, '--plan', mountedPlan],
  ]);
  const lines: string[] = [];
  let error = '';
  const end = await runChild({
    command,
    arguments: words,
    folder: installation.root,
    environment: composeEnvironment(environment),
    onLine: (line) => {
      lines.push(line);
    },
    onErrorText: (text) => {
      error += text;
    },
    onInterrupt: () => {
      context.terminal.note('Stopping; press Ctrl-C again to kill it.');
    },
  });
  if (end.startError !== null) {
    throw new Failure(
      'LH3121',
      'docker-compose',
      end.startError,
      './lakehouse doctor looks for what may stand in the way.',
    );
  }
  const exit = end.interrupted ? exitCode.interrupted : (end.exit ?? exitCode.failed);
  return { exit, output: lines.join('\n'), error: withoutCompose(error) };
}

/** Brings the dashboards to a plan where Superset is a part; a failure is told, and stops nothing: data do not depend on it. */
export async function updateDashboards(context: Context, installation: Installation, planFile: string): Promise<void> {
  if (!(await hasDashboards(installation))) return;
  const { exit, error } = await askDashboards(context, installation, planFile, ['apply']);
  if (exit === exitCode.ok) return;
  context.terminal.note(`${error.trim()}\nThe dashboards were not updated; \`./lakehouse bi apply\` tries again.`);
}

/** Lines in which docker-compose tells of containers that it makes. */
function withoutCompose(text: string): string {
  const own = /^\s*(Creating|Created|Starting|Container|Network|Volume)\b|^time=/;
  return text
    .split('\n')
    .filter((line) => !own.test(line))
    .join('\n');
}
