import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readStamp, writeStamp } from './stamp.mjs';

/**
 * The home of a Java that Spark can use, found in JAVA_HOME or the PATH by starting it, or null. Starting Java takes
 * long, so what came of it is kept in `stamp` until other files stand there.
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} stamp
 * @returns {string | null}
 */
export function findJava(environment, stamp) {
  const home = environment['JAVA_HOME'];
  const folders = [...(home ? [join(home, 'bin')] : []), ...(environment['PATH'] ?? '').split(delimiter)];
  const candidates = [...new Set(folders.map((folder) => join(folder, 'java')))].filter((file) => existsSync(file));
  const identities = candidates.map(identity);
  const known = readStamp(stamp);
  if (isAnswer(known) && known.identities.join('\n') === identities.join('\n') && stillThere(known.home)) {
    return known.home;
  }
  const found = candidates.map(homeOf).find((each) => each !== null) ?? null;
  writeStamp(stamp, { identities, home: found });
  return found;
}

/**
 * @param {string} java
 * @returns {string | null}
 */
function homeOf(java) {
  const { stderr, status, error } = spawnSync(java, ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
  const said = error === undefined ? stderr : '';
  const version = /java\.specification\.version = (\d+)/.exec(said)?.[1];
  const home = /java\.home = (.+)/.exec(said)?.[1];
  return status === 0 && home !== undefined && Number(version) >= 17 ? home.trim() : null;
}

/** @param {string} file */
function identity(file) {
  const { ino, mtimeMs, size } = statSync(file);
  return `${file} ${ino} ${mtimeMs} ${size}`;
}

/** @param {string | null} home */
function stillThere(home) {
  return home === null || existsSync(join(home, 'bin/java'));
}

/**
 * @param {unknown} value
 * @returns {value is { identities: string[], home: string | null }}
 */
function isAnswer(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    'identities' in value &&
    Array.isArray(value.identities) &&
    'home' in value
  );
}
