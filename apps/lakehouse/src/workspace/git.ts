import { execFile } from 'node:child_process';
import { relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import type { DomainFile } from './domainFiles.js';

const run = promisify(execFile);
const largestAnswer = 64 * 1024 * 1024;

async function git(root: string, ...arguments_: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...arguments_], { cwd: root, maxBuffer: largestAnswer });
  return stdout;
}

/** The contracts of all domains as they stand at a git ref. */
export async function contractsAt(root: string, domains: string, ref: string): Promise<readonly DomainFile[]> {
  let commit: string;
  try {
    commit = (await git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)).trim();
  } catch {
    throw new Failure(
      'LH3035',
      ref,
      'Git knows no such commit, branch or tag here.',
      'Name one that `git log` or `git branch` shows; in a shallow clone fetch it first.',
      exitCode.usage,
    );
  }
  const folder = relative(root, domains).split(sep).join('/');
  const listed = await git(root, 'ls-tree', '-r', '-z', '--name-only', commit, '--', `${folder}/`);
  const paths = listed.split('\0').filter((path) => /\/contracts\/[^/]+\.ya?ml$/.test(path));
  return Promise.all(
    paths.map(async (path) => ({ path, text: await git(root, 'cat-file', 'blob', `${commit}:${path}`) })),
  );
}
