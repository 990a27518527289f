import type { TargetConfiguration } from '@nx/devkit';

const usual = '.venv';
const inputs = [
  'default',
  '^production',
  '{workspaceRoot}/pyproject.toml',
  '{workspaceRoot}/tools/toolchain/requirements/*.txt',
];

/**
 * The targets of a Python package at `root` whose pyproject.toml is `text`. They run in the virtual environment that
 * `./lakehouse test` prepares; `[tool.lakehouse] environment` names another one than the usual.
 */
export function pythonTargets(root: string, text: string): Record<string, TargetConfiguration> {
  const own = /^\[tool\.lakehouse\]\nenvironment = "([^"]+)"$/m.exec(text)?.[1] ?? usual;
  return {
    pytest: target(`${own}/bin/python -m pytest ${root}`),
    ruff: target(`${usual}/bin/python -m ruff check ${root} && ${usual}/bin/python -m ruff format --check ${root}`),
    mypy: target(`${own}/bin/python -m mypy ${root}`),
  };
}

function target(command: string): TargetConfiguration {
  return { command, cache: true, inputs, options: { cwd: '{workspaceRoot}' } };
}
