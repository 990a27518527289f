import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './runChild.mjs';
import { digestOf, readStamp, removeStamp, writeStamp } from './stamp.mjs';

/**
 * A virtual environment with pinned packages and the paths of our own.
 * @param {string} workspace
 * @param {{ folder: string, requirements: readonly string[], ownPackages: readonly string[], finish?: () => void }} wanted
 *   `requirements`: names of lock files; `finish` is called when they are installed
 */
export function virtualEnvironment(workspace, { folder, requirements, ownPackages, finish }) {
  const environment = join(workspace, folder);
  const python = join(environment, 'bin/python');
  const stamp = join(environment, '.lakehouse');
  const unfinished = join(environment, '.unfinished');
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
      finish?.();
      writeStamp(stamp, { ...present, ...ready });
      rmSync(unfinished);
    },
  };
}
