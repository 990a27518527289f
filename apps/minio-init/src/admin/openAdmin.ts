import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Settings } from '../settings.js';
import { type Credentials } from '../store/openStore.js';
import { runMc, type McAnswer } from './runMc.js';

/** MinIO's administration, through its own client. */
export interface Admin {
  /** Runs `mc admin <command> <the store> <argument…>`; `input` is given to its standard input. */
  run(command: readonly string[], arguments_: readonly string[], input?: string): Promise<McAnswer>;
  /** Keeps a text in a file that the client can read; returns its path. */
  file(name: string, text: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Prepares a folder of its own in the temporary folder, which is in memory where the container's root is read-only: the
 * client reads the root user's password there, so that it stands neither in arguments nor in an environment.
 */
export async function openAdmin({ S3_ENDPOINT }: Settings, root: Credentials): Promise<Admin> {
  const folder = await mkdtemp(join(tmpdir(), 'mc-'));
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const store = {
    url: S3_ENDPOINT,
    accessKey: root.accessKeyId,
    secretKey: root.secretAccessKey,
    api: 'S3v4',
    path: 'auto',
  };
  await file('config.json', JSON.stringify({ version: '10', aliases: { store } }));
  return {
    run: (command, arguments_, input) => runMc(folder, ['admin', ...command, 'store', ...arguments_], input),
    file,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
