import { secretNames } from '@lakehouse/connections';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Installation } from './installation.js';

/**
 * Makes the secrets that are missing; those that are there stay. Returns how many were made.
 *
 * The folder is closed to other users of the machine. The files themselves are readable, since a container runs as a
 * user that the host does not have; each container sees only those that it is given.
 */
export async function ensureSecrets({ secrets }: Installation): Promise<number> {
  await mkdir(secrets, { recursive: true, mode: 0o700 });
  await chmod(secrets, 0o700);
  const made = await Promise.all(secretNames.map((name) => ensureSecret(join(secrets, name))));
  return made.filter(Boolean).length;
}

/** A secret as one line of text. */
export async function readSecret({ secrets }: Installation, name: string): Promise<string> {
  return (await readFile(join(secrets, name), 'utf8')).trim();
}

/** 192 bits; letters and digits only, so that it needs no quoting anywhere. */
function newSecret(): string {
  return randomBytes(24).toString('hex');
}

async function ensureSecret(file: string): Promise<boolean> {
  try {
    await writeFile(file, newSecret(), { flag: 'wx', mode: 0o444 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
