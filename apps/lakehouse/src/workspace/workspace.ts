import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folders and the interpreter that commands work with. */
export interface Workspace {
  /** Root of the clone. */
  readonly root: string;
  /** Holds a folder for each domain. */
  readonly domains: string;
  /** State of the embedded lakehouse. */
  readonly home: string;
  readonly python: string;
  readonly environment: Environment;
}

function findPython(root: string, environment: Environment): string {
  const stated = environment['LAKEHOUSE_PYTHON'];
  if (stated !== undefined && stated !== '') {
    return stated;
  }
  const own = join(root, '.venv', 'bin', 'python');
  return existsSync(own) ? own : 'python3';
}

/** Finds the folders of the workspace at `root`, as the environment has it. */
export function openWorkspace(root: string, environment: Environment): Workspace {
  const stated = (name: string, usual: string): string => {
    const folder = environment[name];
    return folder === undefined || folder === '' ? usual : resolve(folder);
  };
  return {
    root,
    domains: stated('LAKEHOUSE_DOMAINS', join(root, 'libs', 'domains')),
    home: stated('LAKEHOUSE_HOME', join(root, '.lakehouse')),
    python: findPython(root, environment),
    environment,
  };
}

/** The same workspace with another home; a relative one stands under the current folder. */
export function withHome(workspace: Workspace, home: string | undefined): Workspace {
  return home === undefined ? workspace : { ...workspace, home: isAbsolute(home) ? home : resolve(home) };
}
