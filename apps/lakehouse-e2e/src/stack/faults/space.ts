import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inService, serviceContainer } from '../containers.js';
import { expectDone } from '../platform.js';
import { probe, runUntilDone } from './probed.js';

/** Bytes of the small disk beyond what the object store holds. */
const spare = 400 * 2 ** 20;

/**
 * The object store's volume on a small disk of its own, until `remove`. It takes root and an engine on this machine: the disk
 * is a file that is mounted where the engine keeps the volume.
 */
async function onSmallDisk(): Promise<{ readonly remove: () => Promise<void> }> {
  const minio = await serviceContainer('minio');
  const folder = minio.facts.Mounts.find(({ Destination }) => Destination === '/data')?.Source;
  if (folder === undefined) throw new Error('minio has no volume at /data.');
  const place = mkdtempSync(join(tmpdir(), 'lakehouse-disk-'));
  const disk = join(place, 'disk');
  const held = Number(run('du', '--summarize', '--block-size=1', folder).split('\t')[0]);
  await minio.container.stop();
  run('truncate', `--size=${Math.ceil(held * 1.3) + spare}`, disk);
  run('mkfs.ext4', '-q', '-m', '0', disk);
  run('mkdir', join(place, 'mounted'));
  run('mount', '-o', 'loop', disk, join(place, 'mounted'));
  run('cp', '--archive', `${folder}/.`, join(place, 'mounted'));
  run('mount', '--bind', join(place, 'mounted'), folder);
  await minio.container.start();
  expectDone('up');
  return {
    remove: async () => {
      await minio.container.stop();
      run('umount', folder);
      run('find', folder, '-mindepth', '1', '-delete');
      run('cp', '--archive', `${join(place, 'mounted')}/.`, folder);
      run('umount', join(place, 'mounted'));
      rmSync(place, { recursive: true });
      await minio.container.start();
      expectDone('up');
    },
  };
}

function run(command: string, ...words: string[]): string {
  return execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The object store out of space. */
export function space(): void {
  const test = process.getuid?.() === 0 ? it : it.skip;
  if (process.getuid?.() !== 0) console.warn('The test of a full disk is skipped: it mounts one, which only root may.');

  test('a run that meets a full object store fails and says so; with space again, the laws hold', async () => {
    const disk = await onSmallDisk();
    try {
      probe().deliver();
      const free = await inService('minio', 'df', '--output=avail', '--block-size=1', '/data');
      const size = Number(free.trim().split('\n').at(-1)) - 64 * 1024;
      await inService('minio', 'fallocate', '--length', String(size), '/data/full');
      const { code, messages } = probe().run();
      expect(code).toBe(3);
      expect(messages).toMatch(/space|full|507/i);
      await inService('minio', 'rm', '/data/full');
      runUntilDone();
      probe().expectLaws();
    } finally {
      await disk.remove();
    }
  });
}
