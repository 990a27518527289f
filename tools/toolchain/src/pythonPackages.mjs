import { installPackagedJava } from './packagedJava.mjs';
import { virtualEnvironment } from './virtualEnvironment.mjs';

const pipeline = 'libs/pipeline/src';

/**
 * The virtual environment of the workspace.
 * @param {string} workspace
 * @param {{ java: boolean, development: boolean }} wanted what is wanted beside the runtime
 */
export function pythonPackages(workspace, wanted) {
  return virtualEnvironment(workspace, {
    folder: '.venv',
    requirements: [
      'runtime',
      'demo-data',
      ...(wanted.java ? ['java'] : []),
      ...(wanted.development ? ['development'] : []),
    ],
    ownPackages: [pipeline, 'libs/superset-extension/src', 'apps/demo-sources/src', 'tools/bench/src'],
    finish: () => {
      if (wanted.java) {
        installPackagedJava(workspace);
      }
    },
  });
}

/**
 * The virtual environment in which Airflow's DAGs are tested: its packages and those of the runtime do not get along.
 * @param {string} workspace
 */
export function airflowPackages(workspace) {
  return virtualEnvironment(workspace, {
    folder: '.venv-airflow',
    requirements: ['airflow', 'airflow-development'],
    ownPackages: [pipeline, 'apps/airflow-dags/src'],
  });
}
