import { addressOf, databaseRoles, endpoints, urlOf } from '@lakehouse/connections';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectionName, readConnections } from '../workspace/connections.js';
import { type Installation } from './installation.js';

const { sources } = databaseRoles;

/** The demo's sources as pipelines reach them. */
const demoConnections = {
  flight_files: 'file:///sources',
  operations_db: `postgresql://${sources.name}@${addressOf(endpoints.postgres)}/${sources.name}?passwordFile=/run/secrets/${sources.secret}`,
  weather_api: urlOf(endpoints.demoSources),
};

/**
 * Writes the secret `connections` that pipelines read: those of connections.yaml and the environment, and of the demo
 * where nothing else is said. A secret, since a URL may hold a password.
 */
export async function writeConnections(
  installation: Installation,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const stated = { ...(await readConnections(installation.root, {})), ...environment };
  const urls = Object.entries(stated).flatMap(([variable, url]) => {
    const name = connectionName(variable);
    return name === null || url === undefined ? [] : [[name, url] as const];
  });
  const file = join(installation.secrets, 'connections');
  await mkdir(installation.secrets, { recursive: true, mode: 0o700 });
  await writeInPlace(file, `${JSON.stringify({ ...demoConnections, ...Object.fromEntries(urls) }, null, 2)}\n`);
}

/** Services that run see what is written into a file, but not a new file of the same name. */
async function writeInPlace(file: string, text: string): Promise<void> {
  if (existsSync(file)) {
    if ((await readFile(file, 'utf8')) === text) return;
    await chmod(file, 0o644);
  }
  await writeFile(file, text);
  await chmod(file, 0o444);
}
