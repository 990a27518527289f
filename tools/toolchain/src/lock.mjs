import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/**
 * The lock on the toolchain. Children that are given `descriptor` share it, so it is free only when this process and
 * all of them have ended, however they ended.
 * @typedef {{ readonly descriptor: number, readonly release: () => void }} Lock
 */

const lockDescriptor = `
import fcntl, sys
try:
    fcntl.flock(3, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another ./lakehouse prepares this workspace; waiting for it.", file=sys.stderr, flush=True)
    fcntl.flock(3, fcntl.LOCK_EX)
`;

/**
 * Waits for the lock. Node has no file locks: Python locks the descriptor that both share.
 * @param {string} python
 * @param {string} file
 * @returns {Lock}
 */
export function holdLock(python, file) {
  const descriptor = openSync(file, 'a');
  const { status, signal } = spawnSync(python, ['-c', lockDescriptor], {
    stdio: ['ignore', 'ignore', 'inherit', descriptor],
  });
  if (status !== 0) {
    closeSync(descriptor);
    process.exit(signal === 'SIGINT' ? 130 : 3);
  }
  return {
    descriptor,
    release: () => {
      closeSync(descriptor);
    },
  };
}
