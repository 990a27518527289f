import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Change } from './changes.js';

/** A folder of ours in the user home, on the same disk as all the rest; the server does not look into it. */
const own = '.lakehouse';

/** Makes the folder for temporary files that the server is told to use: it loads libraries from there, which no folder in memory allows. */
export async function makeTemporaryFolder(home: string): Promise<void> {
  await mkdir(join(home, own, 'tmp'), { recursive: true });
}

/** The files of a user home that a sync may write or take away, with their texts. */
export async function readHome(home: string, wanted: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const folders = ['sources/lakehouse', 'checks'];
  const found = (await Promise.all(folders.map((folder) => filesIn(home, folder)))).flat();
  const paths = [...new Set([...found, ...wanted])];
  const read = await Promise.all(paths.map(async (path) => [path, await readIfPresent(join(home, path))] as const));
  return new Map(read.flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])));
}

/**
 * Makes one change. A file is written aside and then moved to its place, so that the server sees all of it or nothing,
 * and with the time of now: a result that is younger than the file of its table is not computed again.
 */
export async function applyChange(home: string, change: Change): Promise<void> {
  const target = join(home, change.path);
  switch (change.kind) {
    case 'write': {
      const aside = join(home, own, 'unfinished', basename(change.path));
      await mkdir(dirname(aside), { recursive: true });
      await mkdir(dirname(target), { recursive: true });
      await writeFile(aside, change.text, { mode: 0o640 });
      await rename(aside, target);
      return;
    }
    case 'archive': {
      const archived = join(home, own, 'archive', basename(change.path));
      await mkdir(dirname(archived), { recursive: true });
      await rename(target, archived);
      return;
    }
    case 'remove':
      await rm(target, { force: true });
  }
}

async function filesIn(home: string, folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(home, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(home, '/').length));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
