import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isAmong, isArtifact, pinOf, projectOf } from './jarPins.mjs';

const workspace = resolve(import.meta.dirname, '../../..');
const file = join(workspace, 'tools/toolchain/jars.in.json');
/** @typedef {{ versions: Record<string, string>, lists: Record<string, import('./jarPins.mjs').JarList> }} Pins */
/** @type {unknown} */
const wanted = JSON.parse(readFileSync(file, 'utf8'));
const { versions, lists } = /** @type {Pins} */ (wanted);

for (const [target, list] of Object.entries(lists)) {
  const given = list.withoutThoseOfSpark === true ? jarsOfSpark() : [];
  const pins = fetched(projectOf(list, versions)).filter(({ artifact }) => !isAmong(artifact, given));
  mkdirSync(dirname(join(workspace, target)), { recursive: true });
  writeFileSync(join(workspace, target), `${JSON.stringify(pins, null, 2)}\n`);
}

/**
 * The pins of what Maven finds for a project, in the order of their paths.
 * @param {string} project
 */
function fetched(project) {
  const folder = mkdtempSync(join(tmpdir(), 'lakehouse-jars-'));
  try {
    writeFileSync(join(folder, 'pom.xml'), project);
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-Dmdep.useRepositoryLayout=true'];
    execFileSync('mvn', ['--quiet', '--batch-mode', ...goal, '-DoutputDirectory=jars'], {
      cwd: folder,
      stdio: 'inherit',
    });
    const jars = join(folder, 'jars');
    return readdirSync(jars, { recursive: true, encoding: 'utf8' })
      .filter(isArtifact)
      .sort()
      .map((path) =>
        pinOf(
          path,
          createHash('sha256')
            .update(readFileSync(join(jars, path)))
            .digest('hex'),
        ),
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The names of the jars that come with the PySpark of this workspace. */
function jarsOfSpark() {
  const program = 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent / "jars")';
  const folder = execFileSync(join(workspace, '.venv/bin/python'), ['-c', program], { encoding: 'utf8' }).trim();
  return readdirSync(folder);
}
