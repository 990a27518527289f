import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export interface Answer {
  readonly code: number | null;
  readonly output: string;
  readonly messages: string;
}

/** The root of the workspace. */
export const workspace = resolve(__dirname, '../../..');

/** Runs `./lakehouse` as a user does, with all state in `home`, until it ends. */
export function lakehouse(home: string, ...words: string[]): Answer {
  const done = spawnSync(resolve(workspace, 'lakehouse'), words, {
    cwd: workspace,
    env: environmentOf(home),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: done.status, output: done.stdout, messages: done.stderr };
}

/** The environment in which `./lakehouse` works in a home. */
export function environmentOf(home: string): NodeJS.ProcessEnv {
  return { ...process.env, LAKEHOUSE_HOME: home, NO_COLOR: '1' };
}
