import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const workspace = resolve(import.meta.dirname, '../../..');
const runtime = ['--constraints', 'runtime.txt'];

/**
 * What each `<name>.in` is locked with, beside what all are; later ones agree with the runtime's versions.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const locks = {
  build: [],
  runtime: ['../../../libs/pipeline/pyproject.toml'],
  // The data are read as files; the package's own code, and with it pandas, is never imported.
  'demo-data': ['--no-deps'],
  'demo-sources': runtime,
  jars: runtime,
  java: runtime,
  // The thin client needs pandas and says that it does not get along with its newest ones.
  'pipeline-runner': runtime,
  spark: [...runtime, '--no-deps'],
  // Airflow allows more than it was tested with: the packages are those of the day of its release.
  airflow: ['--exclude-newer', '2026-09-18'],
  'airflow-development': ['--constraints', 'airflow.txt'],
  // Its bounds are loose, so it gets what there was when it was released; the image has this Python.
  superset: ['--exclude-newer', '2026-05-14', '--python-version', '3.11'],
  development: runtime,
};

for (const [name, options] of Object.entries(locks)) {
  execFileSync(
    join(workspace, '.venv/bin/uv'),
    [
      ...['pip', 'compile', '--quiet', '--universal', '--generate-hashes'],
      ...(options.includes('--python-version') ? [] : ['--python-version', '3.10']),
      ...[
        '--no-python-downloads',
        '--no-emit-index-url',
        '--custom-compile-command',
        'npm run lock -w @lakehouse/toolchain',
      ],
      ...[...options, ...process.argv.slice(2), `${name}.in`, '--output-file', `${name}.txt`],
    ],
    { cwd: join(workspace, 'tools/toolchain/requirements'), stdio: 'inherit' },
  );
}
