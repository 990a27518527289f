import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEngine } from './connectEngine.js';

describe('connectEngine', () => {
  const before = process.env['DOCKER_HOST'];
  let folder: string;
  let server: Server;
  const connections = new Set<Socket>();
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'engine-'));
    const socket = join(folder, 'engine.sock');
    server = createServer((_, response) => response.end('OK'));
    server.on('connection', (connection) => connections.add(connection));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    process.env['DOCKER_HOST'] = `unix://${socket}`;
  });
  afterEach(async () => {
    if (before === undefined) Reflect.deleteProperty(process.env, 'DOCKER_HOST');
    else process.env['DOCKER_HOST'] = before;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
    connections.clear();
  });

  it('uses no connection again: one that was kept over a long build may be dead', async () => {
    const engine = await connectEngine();
    await engine.ping();
    await connectEngine();
    expect(connections.size).toBe(3);
  });

  it('says where no engine answers', async () => {
    process.env['DOCKER_HOST'] = `unix://${join(folder, 'none.sock')}`;
    await expect(connectEngine()).rejects.toThrow(
      /No Docker engine answers at .*none\.sock .*Start Docker, or set DOCKER_HOST/,
    );
  });
});
