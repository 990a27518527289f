import { type Context } from '../context.js';
import { composeRun } from './composeRun.js';
import { type Installation } from './installation.js';
import { readEnvFile } from './settings.js';

/** The service that renders the applied plan into DQOps' user home. */
const service = 'dqops-config';

/**
 * Has DQOps check by the plan that was just applied; its server takes changed files over by itself.
 * Returns false, with the exit code set, where it was interrupted. A platform without DQOps has nothing to do.
 *
 * Throws Failure LH3104 where it fails: runs are held back until it was done, since the gate compares the plans.
 */
export async function configureDqops(context: Context, installation: Installation): Promise<boolean> {
  const parts = (await readEnvFile(installation.envFile))['COMPOSE_PROFILES'] ?? '';
  if (!parts.split(',').includes('dqops')) return true;
  const lines: string[] = [];
  const done = await composeRun(context, installation, ['run', '--rm', '--no-deps', '-T', service], {
    onLine: (line) => {
      lines.push(line);
    },
  });
  const changed = lines.at(-1);
  if (done && changed !== undefined) context.terminal.note(`DQOps: ${[changed, ...judgedElsewhere(lines)].join('; ')}`);
  return done;
}

/** Rules without an equivalent in DQOps, as many as each table has; the log of docker-compose has their names and reasons. */
function judgedElsewhere(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const table = /^warning LH4404 ([^/]+)\//.exec(line)?.[1];
    if (table !== undefined) counts.set(table, (counts.get(table) ?? 0) + 1);
  }
  const tables = [...counts].map(([table, count]) => `${count} of ${table}`);
  return tables.length === 0 ? [] : [`rules that the pipeline judges alone: ${tables.join(', ')}`];
}
