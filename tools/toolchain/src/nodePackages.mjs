import { join } from 'node:path';
import { runChild } from './runChild.mjs';
import { digestOf, readStamp, removeStamp, writeStamp } from './stamp.mjs';

/**
 * The npm packages of the workspace, as package-lock.json has them.
 * @param {string} workspace
 */
export function nodePackages(workspace) {
  const lockFile = join(workspace, 'package-lock.json');
  const installed = join(workspace, 'node_modules/.package-lock.json');
  const stamp = join(workspace, 'node_modules/.lakehouse');
  return {
    isReady() {
      const wanted = digestOf([lockFile]);
      if (readStamp(stamp) === wanted) {
        return true;
      }
      if (!matches(readStamp(lockFile), readStamp(installed))) {
        return false;
      }
      writeStamp(stamp, wanted);
      return true;
    },
    /**
     * @param {import('./lock.mjs').Lock} lock
     * @returns {import('./progress.mjs').Work}
     */
    install: (lock) => async (report) => {
      removeStamp(stamp);
      await runChild({
        command: 'npm',
        arguments: ['ci', '--include=dev', '--no-audit', '--no-fund'],
        folder: workspace,
        lock,
        report,
        code: 'LH3004',
        fix: 'See what npm says above; behind a company proxy or mirror, set it up in ~/.npmrc or npm_config_* variables.',
      });
      writeStamp(stamp, digestOf([lockFile]));
    },
  };
}

/**
 * Whether an `npm install` by hand has brought all that the lock file names; npm notes what it installed as its last act.
 * @param {unknown} locked
 * @param {unknown} installed
 */
function matches(locked, installed) {
  const present = packagesOf(installed);
  return (
    present.size > 0 &&
    [...packagesOf(locked)].every(
      ([path, entry]) => path === '' || entry.optional === true || present.get(path)?.version === entry.version,
    )
  );
}

/**
 * @param {unknown} lockFile
 * @returns {ReadonlyMap<string, { version?: string, optional?: boolean }>}
 */
function packagesOf(lockFile) {
  if (typeof lockFile !== 'object' || lockFile === null || !('packages' in lockFile)) {
    return new Map();
  }
  return new Map(Object.entries(lockFile.packages ?? {}));
}
