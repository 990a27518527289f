import type { TargetConfiguration } from '@nx/devkit';

const python = '.venv/bin/python';
const inputs = [
  'default',
  '^production',
  '{workspaceRoot}/pyproject.toml',
  '{workspaceRoot}/tools/toolchain/requirements/*.txt',
];

/** The targets of a Python package at `root`. They run in the virtual environment that `./lakehouse test` prepares. */
export function pythonTargets(root: string): Record<string, TargetConfiguration> {
  return {
    pytest: target(`${python} -m pytest ${root}`),
    ruff: target(`${python} -m ruff check ${root} && ${python} -m ruff format --check ${root}`),
    mypy: target(`${python} -m mypy ${root}`),
  };
}

function target(command: string): TargetConfiguration {
  return { command, cache: true, inputs, options: { cwd: '{workspaceRoot}' } };
}
