import { connectEngine } from '@lakehouse/engine';
import { publishedPorts } from '@lakehouse/stack';
import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lakehouse } from '../lakehouse.js';

/** How the homes begin that are made here, and removed afterwards. */
export const ownPrefix = 'lakehouse-stack-';

/** Brings up a platform of its own, beside any other of this machine, in LAKEHOUSE_STACK if that names a home. */
export async function bringUp(): Promise<void> {
  if (process.env['LAKEHOUSE_STACK'] === undefined) {
    process.env['LAKEHOUSE_STACK'] = mkdtempSync(join(tmpdir(), ownPrefix));
    for (const { variable } of Object.values(publishedPorts)) process.env[variable] = String(await freePort());
  }
  // Airflow runs what is applied: it comes when all else was tried without it. DQOps' image is not everywhere to be had.
  const without = ['airflow', ...((await hasImage('dqops/dqo')) ? [] : ['dqops'])];
  const words = without.flatMap((part) => ['--without', part]);
  const { code, messages } = lakehouse(process.env['LAKEHOUSE_STACK'], 'up', ...words);
  if (code !== 0) throw new Error(`The platform did not come up (${String(code)}).\n${messages}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether the engine has an image of this name. */
async function hasImage(reference: string): Promise<boolean> {
  const engine = await connectEngine();
  return (await engine.listImages({ filters: { reference: [reference] } })).length > 0;
}
