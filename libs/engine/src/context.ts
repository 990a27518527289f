import dockerIgnore from '@balena/dockerignore';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { EngineError } from './connectEngine.js';

/** A file of a build context. `path` is relative to the context, with slashes. */
export interface ContextFile {
  readonly path: string;
  /** 0o755 or 0o644: what the owner may do with it does not depend on the umask of a clone. */
  readonly mode: number;
  readonly content: Buffer;
}

/**
 * The files under `root` that `sources` name, sorted by path, less what the `.dockerignore` of `root` leaves out.
 *
 * Throws EngineError where a source is not there, or is a pattern: an image takes in just what its Dockerfile names.
 */
export function collectContext(root: string, sources: readonly string[]): readonly ContextFile[] {
  const ignored = readIgnored(root);
  const paths = new Set<string>();
  for (const source of sources) {
    const path = posix.normalize(source).replace(/^\/|\/$/g, '');
    const isPattern = /[*?[\]]/.test(path);
    if (isPattern || !existsSync(join(root, path))) {
      const reason = isPattern ? 'is a pattern' : 'is not there';
      throw new EngineError(
        `${source} is copied into the image, but ${reason}.`,
        'Name a file or folder; build it first.',
      );
    }
    for (const file of filesBelow(root, path)) if (!ignored(file)) paths.add(file);
  }
  return [...paths].sort().map((path) => readContextFile(root, path));
}

// The package is one function; its types tell of a default export, which it has not.
const newRules = dockerIgnore as unknown as typeof dockerIgnore.default;

function readIgnored(root: string): (path: string) => boolean {
  const file = join(root, '.dockerignore');
  const rules = newRules();
  if (existsSync(file)) rules.add(readFileSync(file, 'utf8'));
  return (path) => rules.ignores(path);
}

function filesBelow(root: string, path: string): readonly string[] {
  const found = lstatSync(join(root, path));
  if (found.isSymbolicLink()) throw new EngineError(`${path} is a symbolic link.`, 'Copy the file that it leads to.');
  if (!found.isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesBelow(root, posix.join(path, name)));
}

function readContextFile(root: string, path: string): ContextFile {
  const file = join(root, path);
  const executable = (lstatSync(file).mode & 0o100) !== 0;
  return { path, mode: executable ? 0o755 : 0o644, content: readFileSync(file) };
}
