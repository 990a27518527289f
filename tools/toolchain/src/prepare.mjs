import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deltaJars } from './deltaJars.mjs';
import { findJava } from './findJava.mjs';
import { findPython } from './findPython.mjs';
import { holdLock } from './lock.mjs';
import { nodePackages } from './nodePackages.mjs';
import { packagedJava } from './packagedJava.mjs';
import { openProgress } from './progress.mjs';
import { airflowPackages, pythonPackages } from './pythonPackages.mjs';

/**
 * Makes sure that packages, Java and jars are there as the lock files say; does nothing where they are.
 * @param {string} workspace
 * @param {boolean} development with what tests and linters need
 * @returns {Promise<{ javaHome: string }>}
 */
export async function prepare(workspace, development) {
  const folder = join(workspace, '.toolchain');
  mkdirSync(folder, { recursive: true });
  const java = findJava(process.env, join(folder, 'java.json'));
  const node = nodePackages(workspace);
  const packages = pythonPackages(workspace, { java: java === null, development });
  const jars = deltaJars(workspace);
  const airflow = airflowPackages(workspace);
  const isAirflowReady = () => !development || airflow.isReady();
  if (!(node.isReady() && packages.isReady() && jars.isReady() && isAirflowReady())) {
    const python = findPython(process.env);
    const lock = holdLock(python, join(folder, 'lock'));
    const progress = openProgress(process.stderr);
    try {
      await allOf([
        inOrder([() => (node.isReady() ? null : progress.step('npm packages', node.install(lock)))]),
        inOrder([
          () => (packages.isReady() ? null : progress.step('Python packages', packages.install(lock, python))),
          () => (jars.isReady() ? null : progress.step('Delta Lake', jars.install(lock))),
          () => (isAirflowReady() ? null : progress.step('packages of Airflow', airflow.install(lock, python))),
        ]),
      ]);
    } finally {
      progress.close();
      lock.release();
    }
  }
  return { javaHome: java ?? packagedJava(workspace) };
}

/** @param {readonly (() => Promise<void> | null)[]} steps */
async function inOrder(steps) {
  for (const step of steps) {
    await step();
  }
}

/**
 * Waits for all, so that no child outlives the first failure; then fails with it.
 * @param {readonly Promise<void>[]} steps
 */
async function allOf(steps) {
  for (const result of await Promise.allSettled(steps)) {
    if (result.status === 'rejected') {
      throw result.reason;
    }
  }
}
