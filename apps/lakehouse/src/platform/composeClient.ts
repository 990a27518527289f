import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import { type Installation } from './installation.js';

/** How docker-compose is started on this machine. */
export interface ComposeClient {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly version: string;
}

let found: ComposeClient | null = null;

type Environment = Readonly<Record<string, string | undefined>>;

const candidates = [
  { command: 'docker', arguments: ['compose'] },
  { command: 'docker-compose', arguments: [] },
] as const;

/** Compose 2 where it is there, else docker-compose 1.29 or newer; null where there is neither. */
export function findComposeClient(environment: Environment): ComposeClient | null {
  for (const candidate of candidates) {
    const asked = spawnSync(candidate.command, [...candidate.arguments, 'version', '--short'], {
      encoding: 'utf8',
      env: { ...environment },
    });
    const version = /^v?(\d+\.\d+\.\d+)/.exec((asked.stdout as string | null)?.trim() ?? '')?.[1];
    if (asked.status === 0 && version !== undefined && isNewEnough(version)) return { ...candidate, version };
  }
  return null;
}

/** The command line that works on a compose file of an installation. Throws Failure LH3101 where there is no docker-compose. */
export function composeCommand(
  installation: Installation,
  environment: Environment,
  rest: readonly string[],
  file = 'docker-compose.yaml',
): { readonly command: string; readonly arguments: readonly string[] } {
  // Asking takes a tenth of a second, and a command may start several containers.
  found ??= findComposeClient(environment);
  if (found === null) {
    throw new Failure(
      'LH3101',
      'docker-compose',
      'Neither `docker compose` nor docker-compose 1.29 or newer was found.',
      'Install Docker Compose; on Debian: apt install docker-compose.',
    );
  }
  return {
    command: found.command,
    arguments: [
      ...found.arguments,
      ...['--project-directory', installation.root, '--file', join(installation.root, file)],
      ...['--env-file', installation.envFile],
      ...['--project-name', installation.project],
      ...rest,
    ],
  };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 29);
}
