import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const workspace = resolve(__dirname, '../../..');

/** A Maven repository in which every file's content is its own path, and which has no checksums of its own. */
let repository: Server;
let asked: string[];
let folder: string;

beforeEach(async () => {
  asked = [];
  folder = mkdtempSync(join(tmpdir(), 'lakehouse-jars-'));
  repository = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    if (path.endsWith('.sha1')) response.writeHead(404);
    response.end(path);
  });
  await new Promise<void>((done) => repository.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  await new Promise((done) => repository.close(done));
  rmSync(folder, { recursive: true });
});

function pin(artifact: string, path: string) {
  return { group: 'org.example', artifact, version: '1', sha256: createHash('sha256').update(path).digest('hex') };
}

const plain = pin('plain', '/org/example/plain/1/plain-1.jar');
const archive = {
  ...pin('tool', '/org/example/tool/1/tool-1-bin.tar.gz'),
  classifier: 'bin',
  extension: 'tar.gz',
};

async function fetchJars(pins: readonly unknown[]): Promise<{ status: number | null; errors: string }> {
  const file = join(folder, 'pins.json');
  writeFileSync(file, JSON.stringify(pins));
  const port = String((repository.address() as AddressInfo).port);
  const child = spawn(
    join(workspace, '.venv/bin/python'),
    [join(workspace, 'tools/toolchain/src/fetch_jars.py'), file, join(folder, 'jars')],
    { env: { ...process.env, NO_PROXY: '127.0.0.1', LAKEHOUSE_MAVEN_REPOSITORY: `http://127.0.0.1:${port}` } },
  );
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, errors };
}

describe('fetch_jars', () => {
  it('leaves exactly what is pinned, and fetches what is there already no second time', async () => {
    expect(await fetchJars([plain, archive])).toEqual({ status: 0, errors: '' });
    expect(readdirSync(join(folder, 'jars')).sort()).toEqual(['plain-1.jar', 'tool-1-bin.tar.gz']);
    expect(readFileSync(join(folder, 'jars/plain-1.jar'), 'utf8')).toBe('/org/example/plain/1/plain-1.jar');

    asked = [];
    writeFileSync(join(folder, 'jars/old-1.jar'), '');
    expect(await fetchJars([plain])).toEqual({ status: 0, errors: '' });
    expect(readdirSync(join(folder, 'jars'))).toEqual(['plain-1.jar']);
    expect(asked).toEqual([]);
  });

  it('takes nothing that is not what was pinned', async () => {
    const { status, errors } = await fetchJars([plain, { ...archive, sha256: '0'.repeat(64) }]);
    expect(status).toBe(1);
    expect(errors).toMatch(
      /org\.example:tool-1-bin\.tar\.gz has SHA-256 \w+, expected 0+: it is not what was pinned\./,
    );
    expect(readdirSync(join(folder, 'jars'))).not.toContain('tool-1-bin.tar.gz');
  });
});
