import Docker from 'dockerode';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectEngine } from './connectEngine.js';
import { contextLabel, ensureImage } from './ensureImage.js';

interface FakeImage {
  readonly id: string;
  readonly labels: Record<string, string>;
  readonly names: Set<string>;
}

/** The part of the engine's protocol that image builds use; the tests of the images themselves run on a real engine. */
class FakeEngine {
  readonly images: FakeImage[] = [{ id: 'sha256:base', labels: {}, names: new Set(['debian:bookworm-slim']) }];
  readonly builds: string[] = [];
  readonly buildArguments: unknown[] = [];
  failure: string | undefined;
  private readonly server: Server;

  constructor(readonly socket: string) {
    this.server = createServer((request, response) => {
      request.resume().on('end', () => {
        this.answer(request, response);
      });
    });
  }

  async start(): Promise<Docker> {
    await new Promise<void>((resolve) => this.server.listen(this.socket, resolve));
    return new Docker({ socketPath: this.socket });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://engine');
    const one = /^\/images\/(.+)\/(json|tag)$/.exec(decodeURIComponent(pathname));
    if (pathname === '/build') this.build(searchParams, response);
    else if (pathname === '/images/json') this.list(searchParams, response);
    else if (one?.[2] === 'json') this.inspect(one[1] ?? '', response);
    else if (one?.[2] === 'tag') this.tag(one[1] ?? '', searchParams, response);
    else response.writeHead(500).end(JSON.stringify({ message: `not faked: ${pathname}` }));
  }

  private build(query: URLSearchParams, response: ServerResponse): void {
    response.writeHead(200);
    response.write(`${JSON.stringify({ stream: 'Step 1/1 : FROM debian\n' })}\n`);
    if (this.failure === undefined) {
      const name = query.get('t') ?? '';
      this.builds.push(name);
      this.buildArguments.push(JSON.parse(query.get('buildargs') ?? '{}'));
      const labels = JSON.parse(query.get('labels') ?? '{}') as Record<string, string>;
      this.images.push({ id: `sha256:${String(this.builds.length)}`, labels, names: new Set([name]) });
      response.end();
    } else {
      response.end(`${JSON.stringify({ error: this.failure, errorDetail: { message: this.failure } })}\n`);
    }
  }

  private list(query: URLSearchParams, response: ServerResponse): void {
    const { label } = JSON.parse(query.get('filters') ?? '{}') as { label: string[] };
    const found = this.images.filter(({ labels }) => label.includes(`${contextLabel}=${labels[contextLabel] ?? ''}`));
    response.end(JSON.stringify(found.map(({ id, names }) => ({ Id: id, RepoTags: [...names] }))));
  }

  private inspect(name: string, response: ServerResponse): void {
    const image = this.find(name);
    response
      .writeHead(image === undefined ? 404 : 200)
      .end(JSON.stringify({ Id: image?.id, message: 'no such image' }));
  }

  private tag(name: string, query: URLSearchParams, response: ServerResponse): void {
    this.find(name)?.names.add(`${query.get('repo') ?? ''}:${query.get('tag') ?? ''}`);
    response.writeHead(201).end();
  }

  find(name: string): FakeImage | undefined {
    return this.images.find(({ id, names }) => id === name || names.has(name));
  }
}

let folder: string;
let fake: FakeEngine;
let engine: Docker;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lakehouse-engine-'));
  writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:bookworm-slim\nCOPY file /\n');
  writeFileSync(join(folder, 'file'), 'one');
  base = 'debian:bookworm-slim';
  fake = new FakeEngine(join(folder, 'engine.sock'));
  engine = await fake.start();
});
afterEach(async () => {
  await fake.stop();
  rmSync(folder, { recursive: true });
});

let base = 'debian:bookworm-slim';
function ensure(tag = 'dev', lines: string[] = [], routes: Record<string, string> = {}) {
  const image = { repository: 'lakehouse/thing', tag, buildArguments: {}, routes };
  const request = { root: folder, dockerfile: 'Dockerfile', sources: ['file'], bases: [base], ...image };
  return ensureImage(engine, request, (line) => lines.push(line));
}

describe('ensureImage', () => {
  it('builds once, finds it by what it is made of, and builds again what was pruned or changed', async () => {
    const lines: string[] = [];
    const first = await ensure('dev', lines);
    expect(first.built).toBe(true);
    expect(lines).toEqual(['Step 1/1 : FROM debian']);

    expect(await ensure('release')).toEqual({ ...first, built: false });
    expect(fake.find('lakehouse/thing:release')?.id).toBe(first.id);

    fake.images.pop();
    expect((await ensure()).built).toBe(true);
    writeFileSync(join(folder, 'file'), 'two');
    expect((await ensure()).digest).not.toBe(first.digest);
    expect(fake.builds).toHaveLength(3);
  });

  it('is not misled by the stages of a build, which inherit the label of the image that they stand on', async () => {
    const { id } = await ensure();
    const labels = fake.find(id)?.labels ?? {};
    fake.images.splice(1, 0, { id: 'sha256:stage', labels, names: new Set() });
    expect((await ensure()).id).toBe(id);
  });

  it('passes mirrors and proxies to the build, and takes no other image for another route', async () => {
    const first = await ensure('dev', [], { HTTPS_PROXY: 'http://proxy:3128' });
    expect(fake.buildArguments).toEqual([{ HTTPS_PROXY: 'http://proxy:3128' }]);
    expect(await ensure()).toEqual({ ...first, built: false });
  });

  it('builds again on another base', async () => {
    await ensure();
    fake.images[0] = { id: 'sha256:newer', labels: {}, names: new Set(['debian:bookworm-slim']) };
    expect((await ensure()).built).toBe(true);
  });

  it('tells an error that stands in the stream, with what came before it', async () => {
    fake.failure = 'The command returned a non-zero code: 1';
    await expect(ensure()).rejects.toThrow(/lakehouse\/thing:dev was not built: .* non-zero code: 1 .*\nStep 1\/1/);
  });

  it('names one of our own bases that is not built', async () => {
    base = 'lakehouse/base:dev';
    await expect(ensure()).rejects.toThrow('The image lakehouse/base:dev is not in the engine. Build it first');
  });
});

describe('connectEngine', () => {
  it('says where it looked', async () => {
    process.env['DOCKER_HOST'] = `unix://${join(folder, 'nobody.sock')}`;
    await expect(connectEngine()).rejects.toThrow(/No Docker engine answers at unix:.*nobody\.sock .*Start Docker/);
    delete process.env['DOCKER_HOST'];
  });
});
