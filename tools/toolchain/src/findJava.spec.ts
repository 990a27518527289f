import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fakePrograms } from './fakePrograms.fixture.js';
import { findJava } from './findJava.mjs';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lakehouse-java-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A Java home whose Java notes in `calls` that it was started. */
function javaHome(name: string, version: string): string {
  const home = join(folder, name);
  mkdirSync(home);
  fakePrograms(join(home, 'bin'), {
    java: `echo started >> '${join(folder, 'calls')}'
echo '    java.home = ${home}' >&2
echo '    java.specification.version = ${version}' >&2`,
  });
  return home;
}

const stamp = (): string => join(folder, 'java.json');

describe('findJava', () => {
  it('takes JAVA_HOME before the PATH, and the PATH where JAVA_HOME is too old', () => {
    const [old, newer, newest] = [javaHome('old', '1.8'), javaHome('newer', '17'), javaHome('newest', '21')];
    const path = [join(old, 'bin'), join(newer, 'bin')].join(delimiter);

    expect(findJava({ JAVA_HOME: newest, PATH: path }, stamp())).toBe(newest);
    expect(findJava({ JAVA_HOME: old, PATH: path }, stamp())).toBe(newer);
  });

  it('finds none where there is none, or one that does not start', () => {
    fakePrograms(join(folder, 'broken/bin'), { java: 'echo "Unable to locate a Java Runtime." >&2; exit 1' });

    expect(findJava({ PATH: join(folder, 'broken/bin') }, stamp())).toBeNull();
    expect(findJava({ PATH: join(folder, 'empty') }, stamp())).toBeNull();
    expect(findJava({}, stamp())).toBeNull();
  });

  it('starts Java once, and again when another one stands there', () => {
    const home = javaHome('home', '17');
    const environment = { PATH: join(home, 'bin') };

    findJava(environment, stamp());
    rmSync(join(folder, 'calls'));
    expect(findJava(environment, stamp())).toBe(home);
    expect(existsSync(join(folder, 'calls'))).toBe(false);

    appendFileSync(join(home, 'bin/java'), "echo '    java.specification.version = 11' >/dev/null\n");
    expect(findJava(environment, stamp())).toBe(home);
    expect(existsSync(join(folder, 'calls'))).toBe(true);
  });

  it('is not misled by a broken stamp', () => {
    const home = javaHome('home', '17');
    writeFileSync(stamp(), '{"identities": 7');

    expect(findJava({ PATH: join(home, 'bin') }, stamp())).toBe(home);
  });
});
