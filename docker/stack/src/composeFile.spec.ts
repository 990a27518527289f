import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { composeFiles } from './composeFiles.js';
import { profileSettings } from './settings.js';

const workspace = resolve(import.meta.dirname, '../../..');
const clients = [
  { name: 'docker-compose', command: 'docker-compose', words: [] },
  { name: 'docker compose', command: 'docker', words: ['compose'] },
];
const found = clients.filter(({ command, words }) => spawnSync(command, [...words, 'version']).status === 0);
if (found.length === 0) {
  if (process.env['CI'] === 'true') throw new Error('CI has to have docker-compose.');
  console.warn('docker-compose does not judge the compose file: it is not installed.');
}
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lakehouse-compose-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function config(command: string, words: readonly string[], file: string, variables: Readonly<Record<string, string>>) {
  const envFile = join(folder, 'env');
  writeFileSync(
    envFile,
    Object.entries(variables)
      .map((pair) => `${pair.join('=')}\n`)
      .join(''),
  );
  const { PATH, HOME } = process.env;
  return spawnSync(command, [...words, '--file', join(workspace, file), '--env-file', envFile, 'config'], {
    encoding: 'utf8',
    env: { PATH, HOME },
  });
}

(found.length === 0 ? describe.skip : describe).each(composeFiles)('$file', ({ file, stack }) => {
  describe.each(found)('to $name', ({ command, words }) => {
    it.each(['small', 'standard'] as const)('is sound in the profile %s', (profile) => {
      const { stdout, stderr, status } = config(command, words, file, {
        ...profileSettings(profile),
        COMPOSE_PROFILES: 'demo,history,command',
        LAKEHOUSE_SECRETS: folder,
      });
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      const { services } = parse(stdout) as { services: Record<string, { mem_limit: unknown }> };
      expect(Object.keys(services).sort()).toEqual(stack.services.map(({ name }) => name).sort());
    });

    it('says what to run where there are no secrets yet', () => {
      const { stderr, status } = config(command, words, file, {});
      expect(status).not.toBe(0);
      expect(stderr).toContain('run ./lakehouse up');
    });
  });
});
