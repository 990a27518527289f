import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Workspace } from '../workspace/workspace.js';

/** One platform on this machine: a home has at most one. */
export interface Installation {
  /** Root of the clone, where docker-compose.yaml is. */
  readonly root: string;
  readonly home: string;
  /** Name that its containers, networks and volumes begin with. */
  readonly project: string;
  readonly envFile: string;
  /** Holds a file for each secret; only its owner may enter it. */
  readonly secrets: string;
  /** The user's files for file sources; pipelines see them as /files. */
  readonly files: string;
}

/** The platform of a workspace's home, whether or not it was ever started. */
export function installationOf({ root, home }: Workspace): Installation {
  // docker-compose finds `.env` by itself, so the home that needs no name works without ./lakehouse too.
  const usual = home === join(root, '.lakehouse');
  return {
    root,
    home,
    project: usual ? 'lakehouse' : `lakehouse-${createHash('sha256').update(home).digest('hex').slice(0, 8)}`,
    envFile: usual ? join(root, '.env') : join(home, 'platform', 'compose.env'),
    secrets: join(home, 'platform', 'secrets'),
    files: join(home, 'files'),
  };
}

/** Whether `up` has made this home a platform's; without one, pipelines run embedded in it. */
export function isPlatform({ envFile }: Installation): boolean {
  return existsSync(envFile);
}
