import { envFile, isEnvValue } from '@lakehouse/formats';
import {
  incidentWebhook,
  objectStoreRoot,
  objectStoreSettings,
  partNames,
  profileSettings,
  profiles,
  publishedPorts,
  type PartName,
  type ProfileName,
} from '@lakehouse/stack';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { writeAtomically } from '../workspace/atomicFile.js';
import { type Installation } from './installation.js';

/** What `up` was told. */
export interface Choice {
  readonly profile?: string | undefined;
  readonly workers?: number | undefined;
  /** Parts to leave out from now on, and parts to bring back. */
  readonly without?: readonly PartName[] | undefined;
  readonly with?: readonly PartName[] | undefined;
}

export interface Settings {
  readonly profile: ProfileName;
  readonly workers: number;
  /** Parts that are left out. */
  readonly without: readonly PartName[];
  /** All variables of the env file. */
  readonly variables: Readonly<Record<string, string>>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Set by the user, in the environment or by hand in the env file; `up` keeps them. */
const kept = [
  'LAKEHOUSE_ADDRESS',
  'LAKEHOUSE_FILES',
  incidentWebhook.variable,
  objectStoreRoot.variable,
  ...Object.values(objectStoreSettings).map(({ variable }) => variable),
  ...Object.values(publishedPorts).map(({ variable }) => variable),
];

/**
 * The settings of an installation: what was chosen now, else what the env file says, else the small profile.
 *
 * Throws Failure LH3107 where the profile is unknown, LH3117 where a value cannot be remembered.
 */
export function settingsFor(
  installation: Installation,
  choice: Choice,
  before: Variables,
  environment: Variables,
): Settings {
  const profile = choice.profile ?? before['LAKEHOUSE_PROFILE'] ?? 'small';
  if (!isProfile(profile)) {
    throw new Failure(
      'LH3107',
      profile,
      'There is no such profile.',
      `Choose one of: ${Object.keys(profiles).join(', ')}.`,
      exitCode.usage,
    );
  }
  // A profile that was changed brings its own number of workers.
  const sameProfile = profile === before['LAKEHOUSE_PROFILE'];
  const remembered = sameProfile ? Number(before['LAKEHOUSE_WORKERS']) : NaN;
  const workers = choice.workers ?? (remembered > 0 ? remembered : profiles[profile].workers);
  const chosen = kept.flatMap((name) => {
    const value = environment[name] ?? before[name];
    if (value !== undefined && !isEnvValue(value)) throw unwritable(name, installation);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const left = (before['LAKEHOUSE_WITHOUT'] ?? '').split(',');
  const without = partNames.filter(
    (part) => choice.with?.includes(part) !== true && (left.includes(part) || choice.without?.includes(part) === true),
  );
  return {
    profile,
    workers,
    without,
    variables: {
      COMPOSE_PROJECT_NAME: installation.project,
      // Each compose file takes the services of the others for left behind.
      COMPOSE_IGNORE_ORPHANS: 'true',
      LAKEHOUSE_PROFILE: profile,
      LAKEHOUSE_WITHOUT: without.join(','),
      LAKEHOUSE_SECRETS: installation.secrets,
      LAKEHOUSE_FILES: installation.files,
      ...profileSettings(profile, workers, without),
      ...Object.fromEntries(chosen),
    },
  };
}

/** The same with what the env file of the installation says now. */
export async function readSettings(
  installation: Installation,
  choice: Choice,
  environment: Variables,
): Promise<Settings> {
  return settingsFor(installation, choice, await readEnvFile(installation.envFile), environment);
}

/** The variables of an env file as `up` wrote it; none where there is no file. */
export async function readEnvFile(file: string): Promise<Variables> {
  if (!existsSync(file)) return {};
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => /^\w+=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Writes the env file where it says something else. */
export async function writeEnvFile({ envFile: file }: Installation, settings: Settings): Promise<void> {
  const text = envFile(
    settings.variables,
    './lakehouse up; it keeps LAKEHOUSE_ADDRESS, LAKEHOUSE_INCIDENT_WEBHOOK, LAKEHOUSE_S3_* and LAKEHOUSE_PORT_* as they stand here',
  );
  if (existsSync(file) && (await readFile(file, 'utf8')) === text) return;
  await writeAtomically(file, text);
}

function unwritable(name: string, { envFile: file }: Installation): Failure {
  return new Failure(
    'LH3117',
    name,
    `Its value cannot stand in ${file}: it has a quote, $, #, \\ or a space at an end, which versions of docker-compose read differently.`,
    'In a URL write %24 for $, %23 for #, %27 for a quote and %20 for a space.',
    exitCode.usage,
  );
}

function isProfile(name: string): name is ProfileName {
  return Object.hasOwn(profiles, name);
}
