import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lakehouse } from '../lakehouse.js';

/** How the homes begin that are made here, and removed afterwards. */
export const ownPrefix = 'lakehouse-stack-';

const ports = ['S3', 'S3_CONSOLE', 'THRIFT', 'QUERY_SERVER', 'SPARK', 'HISTORY'];

/** Brings up a platform of its own, beside any other of this machine, in LAKEHOUSE_STACK if that names a home. */
export async function bringUp(): Promise<void> {
  if (process.env['LAKEHOUSE_STACK'] === undefined) {
    process.env['LAKEHOUSE_STACK'] = mkdtempSync(join(tmpdir(), ownPrefix));
    for (const name of ports) process.env[`LAKEHOUSE_PORT_${name}`] = String(await freePort());
  }
  const { code, messages } = lakehouse(process.env['LAKEHOUSE_STACK'], 'up');
  if (code !== 0) throw new Error(`The platform did not come up (${String(code)}).\n${messages}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
