import { join } from 'node:path';
import { runChild } from './runChild.mjs';
import { digestOf, readStamp, writeStamp } from './stamp.mjs';

/**
 * The jars of Delta Lake, which PySpark comes without.
 * @param {string} workspace
 */
export function deltaJars(workspace) {
  const pins = join(workspace, 'tools/toolchain/delta-jars.json');
  const script = join(workspace, 'tools/toolchain/src/fetch_jars.py');
  const folder = join(workspace, '.venv/jars');
  const stamp = join(folder, '.lakehouse');
  return {
    isReady() {
      return readStamp(stamp) === digestOf([pins]);
    },
    /**
     * @param {import('./lock.mjs').Lock} lock
     * @returns {import('./progress.mjs').Work}
     */
    install: (lock) => async (report) => {
      await runChild({
        command: join(workspace, '.venv/bin/python'),
        arguments: [script, pins, folder],
        folder: workspace,
        lock,
        report,
        code: 'LH3006',
        fix: 'Behind a company mirror, name it in LAKEHOUSE_MAVEN_REPOSITORY.',
      });
      writeStamp(stamp, digestOf([pins]));
    },
  };
}
