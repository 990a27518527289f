import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackagedJava } from './packagedJava.mjs';
import { runChild } from './runChild.mjs';
import { digestOf, readStamp, removeStamp, writeStamp } from './stamp.mjs';

const ownPackages = ['libs/pipeline/src', 'apps/demo-sources/src', 'tools/bench/src'];

/**
 * The virtual environment of the workspace.
 * @param {string} workspace
 * @param {{ java: boolean, development: boolean }} wanted what is wanted beside the runtime
 */
export function pythonPackages(workspace, wanted) {
  const environment = join(workspace, '.venv');
  const python = join(environment, 'bin/python');
  const stamp = join(environment, '.lakehouse');
  const unfinished = join(environment, '.unfinished');
  const requirements = [
    'runtime',
    'demo-data',
    ...(wanted.java ? ['java'] : []),
    ...(wanted.development ? ['development'] : []),
  ];
  const ready = {
    workspace,
    paths: ownPackages.join(' '),
    ...Object.fromEntries(['build', ...requirements].map((name) => [name, digestOf([fileOf(name)])])),
  };

  /** @param {string} name */
  function fileOf(name) {
    return join(workspace, 'tools/toolchain/requirements', `${name}.txt`);
  }

  /** @returns {Readonly<Record<string, unknown>>} */
  function installed() {
    const noted = readStamp(stamp);
    const usable = existsSync(python) && typeof noted === 'object' && noted !== null;
    return usable && 'workspace' in noted && noted.workspace === workspace ? { ...noted } : {};
  }

  return {
    isReady() {
      const present = installed();
      return Object.entries(ready).every(([name, value]) => present[name] === value);
    },
    /**
     * @param {import('./lock.mjs').Lock} lock
     * @param {string} basePython
     * @returns {import('./progress.mjs').Work}
     */
    install: (lock, basePython) => async (report) => {
      let present = installed();
      const child = {
        folder: workspace,
        lock,
        report,
        code: 'LH3005',
        fix: 'See what pip says above; behind a company proxy or mirror, set it up in pip.conf or PIP_* variables.',
      };
      if (existsSync(unfinished) || Object.keys(present).length === 0) {
        present = {};
        removeStamp(stamp);
        rmSync(environment, { recursive: true, force: true });
        mkdirSync(environment);
        writeFileSync(unfinished, '');
        await runChild({ ...child, command: basePython, arguments: ['-m', 'venv', environment] });
      }
      writeFileSync(unfinished, '');
      removeStamp(stamp);
      const pip = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--progress-bar=off'];
      const pinned = [...pip, '--no-deps', '--require-hashes'];
      await runChild({ ...child, command: python, arguments: [...pinned, '-r', fileOf('build')] });
      const files = requirements.flatMap((name) => ['-r', fileOf(name)]);
      await runChild({ ...child, command: python, arguments: [...pinned, '--no-build-isolation', ...files] });
      for (const version of readdirSync(join(environment, 'lib'))) {
        const paths = ownPackages.map((path) => `${join(workspace, path)}\n`).join('');
        writeFileSync(join(environment, 'lib', version, 'site-packages/lakehouse.pth'), paths);
      }
      if (wanted.java) {
        installPackagedJava(workspace);
      }
      writeStamp(stamp, { ...present, ...ready });
      rmSync(unfinished);
    },
  };
}
