import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDockerfile } from './dockerfile';

const workspace = resolve(__dirname, '../../..');
/** What a build fetches by, and the mirror that has to reach it. */
const fetching: readonly (readonly [RegExp, string])[] = [
  [/\bpip (install|download)\b/, 'PIP_INDEX_URL'],
  [/\bfetch-jars \S*\.json\b/, 'LAKEHOUSE_MAVEN_REPOSITORY'],
  [/\bgo build\b/, 'GOPROXY'],
  [/^FROM debian:/m, 'LAKEHOUSE_DEBIAN_MIRROR'],
];

const dockerfiles = ['apps', 'docker']
  .flatMap((folder) => readdirSync(join(workspace, folder)).map((name) => join(folder, name, 'Dockerfile')))
  .filter((path) => existsSync(join(workspace, path)))
  .map((path) => ({ path, text: readFileSync(join(workspace, path), 'utf8') }));

describe('the Dockerfiles of the workspace', () => {
  it.each(dockerfiles)('$path asks for the mirrors of what it fetches', ({ text }) => {
    const needed = fetching.filter(([command]) => command.test(text)).map(([, mirror]) => mirror);
    expect(readDockerfile(text).parameters).toEqual(expect.arrayContaining(needed));
  });

  it('are found', () => {
    const needed = fetching.filter(([command]) => dockerfiles.some(({ text }) => command.test(text)));
    expect(needed).toHaveLength(fetching.length);
  });
});
