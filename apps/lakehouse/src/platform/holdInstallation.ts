import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { type Installation } from './installation.js';

const lockDescriptor = `
import fcntl, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
try:
    fcntl.flock(3, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print(f"Another ./lakehouse changes the platform in {sys.argv[1]}; waiting for it.", file=sys.stderr, flush=True)
    fcntl.flock(3, fcntl.LOCK_EX)
`;

/**
 * Waits until no other command brings this installation up or down; false, with the exit code set, where it was interrupted.
 * What was got ends with this process, however that ends.
 */
export async function holdInstallation(context: Context, { home }: Installation): Promise<boolean> {
  await mkdir(home, { recursive: true });
  // Node has no file locks: Python locks the descriptor that both share, and it is locked as long as one of them has it.
  const descriptor = openSync(join(home, 'platform.lock'), 'a');
  const { status, error } = spawnSync(context.workspace.python, ['-c', lockDescriptor, home], {
    stdio: ['ignore', 'ignore', 'inherit', descriptor],
  });
  if (error !== undefined) throw error;
  if (status === 0) return true;
  context.finish(exitCode.interrupted);
  return false;
}
