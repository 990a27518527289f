import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDockerfile } from './dockerfile';

const workspace = resolve(__dirname, '../../..');
const dockerfiles = ['apps', 'docker']
  .flatMap((folder) => readdirSync(join(workspace, folder)).map((name) => `${folder}/${name}/Dockerfile`))
  .filter((file) => existsSync(join(workspace, file)));

// The executor loads this library when it runs, and so does everything here.
let collectContext: (root: string, sources: readonly string[]) => readonly { readonly path: string }[];
beforeAll(async () => {
  ({ collectContext } = await import('@lakehouse/engine'));
});

/** The files of the workspace that an image is made of, less what is built first. */
function filesOf(dockerfile: string): readonly string[] {
  const { sources } = readDockerfile(readFileSync(join(workspace, dockerfile), 'utf8'));
  const written = sources.filter((source) => !source.includes('/dist'));
  return collectContext(workspace, [dockerfile, ...written]).map(({ path }) => path);
}

describe('the images of this workspace', () => {
  it('hold no contract, model or dashboard: a plan is applied, not built in', () => {
    const held = dockerfiles.flatMap(filesOf).filter((file) => file.startsWith('libs/domains/'));
    expect(held).toEqual([]);
  });

  it('are made anew by no test and no README', () => {
    const held = dockerfiles.flatMap(filesOf).filter((file) => /\.spec\.ts$|(^|\/)tests\/|\.md$/.test(file));
    expect(held).toEqual([]);
  });

  it('share the bases, and of the code just what they run', () => {
    const users = (path: string) => dockerfiles.filter((file) => filesOf(file).some((held) => held.startsWith(path)));
    expect(users('libs/pipeline/src/lakehouse_pipeline/run.py')).toEqual(['docker/base-pipeline/Dockerfile']);
    expect(users('libs/spark-guard/src/main/java')).toEqual(['apps/spark/Dockerfile']);
    expect(users('apps/airflow-dags/dags')).toEqual(['apps/airflow-dags/Dockerfile']);
    expect(users('apps/demo-sources/src')).toEqual(['apps/demo-sources/Dockerfile']);
    expect(users('docker/base/certificates')).toEqual(['docker/base/Dockerfile']);
  });
});
