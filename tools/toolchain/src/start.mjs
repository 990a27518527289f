import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';
import { shellEnvironment } from './shellEnvironment.mjs';
import { ToolchainError } from './toolchainError.mjs';

const workspace = resolve(import.meta.dirname, '../../..');

try {
  const { javaHome } = await prepare(workspace, process.argv[2] === 'test');
  process.stdout.write(
    shellEnvironment({
      LAKEHOUSE_WORKSPACE: workspace,
      LAKEHOUSE_LOADER: pathToFileURL(join(workspace, 'node_modules/tsx/dist/loader.mjs')).href,
      LAKEHOUSE_PYTHON: join(workspace, '.venv/bin/python'),
      LAKEHOUSE_JARS: join(workspace, '.venv/jars'),
      JAVA_HOME: javaHome,
    }),
  );
} catch (error) {
  if (!(error instanceof ToolchainError)) {
    throw error;
  }
  process.stderr.write(`error ${error.code}: ${error.message}\n  fix: ${error.fix}\n`);
  process.exitCode = 3;
}
