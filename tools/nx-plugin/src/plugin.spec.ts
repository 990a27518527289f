import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createDependencies, createNodes } from './plugin';

const workspaceRoot = mkdtempSync(join(tmpdir(), 'lakehouse-nodes-'));

afterAll(() => {
  rmSync(workspaceRoot, { recursive: true });
});

async function projectsOf(file: string, text: string) {
  mkdirSync(join(workspaceRoot, dirname(file)), { recursive: true });
  writeFileSync(join(workspaceRoot, file), text);
  const [, create] = createNodes;
  const results = await create([file], undefined, { workspaceRoot, nxJsonConfiguration: {} });
  return results.map(([, { projects }]) => projects);
}

describe('createNodes', () => {
  it('makes a project of a domain, tagged with the team of its domain.yaml', async () => {
    const file = 'libs/domains/sales/domain.yaml';

    expect(await projectsOf(file, 'domain: sales\nteam: commerce\n')).toEqual([
      {
        'libs/domains/sales': {
          root: 'libs/domains/sales',
          name: '@lakehouse/domain-sales',
          projectType: 'library',
          tags: ['type:domain', 'team:commerce'],
        },
      },
    ]);
  });

  it('does not stumble over a domain.yaml that says no team', async () => {
    const [projects] = await projectsOf('libs/domains/empty/domain.yaml', '');

    expect(projects?.['libs/domains/empty']?.tags).toEqual(['type:domain']);
  });

  it('gives a Python package its targets, run in the prepared environment', async () => {
    const [projects] = await projectsOf('libs/reader/pyproject.toml', '[project]\nname = "reader"\n');

    const targets = projects?.['libs/reader']?.targets ?? {};
    expect(Object.keys(targets)).toEqual(['pytest', 'ruff', 'mypy']);
    for (const target of Object.values(targets)) {
      expect(target.command).toContain('.venv/bin/python -m ');
      expect(target.command).toContain('libs/reader');
    }
  });

  it('runs a Python package in the environment that it names', async () => {
    const text = '[project]\nname = "reader"\n\n[tool.lakehouse]\nenvironment = ".venv-reader"\n';
    const [projects] = await projectsOf('libs/reader/pyproject.toml', text);

    const { pytest, mypy, ruff } = projects?.['libs/reader']?.targets ?? {};
    expect([pytest?.command, mypy?.command].every((command) => command?.startsWith('.venv-reader/bin/python'))).toBe(
      true,
    );
    expect(ruff?.command).toMatch(/^\.venv\/bin\/python/);
  });

  it('gives a Dockerfile its image, which is never taken from a cache', async () => {
    const [projects] = await projectsOf('apps/spark/Dockerfile', 'FROM debian:bookworm-slim\n');

    const image = projects?.['apps/spark']?.targets?.['image'];
    expect(image?.cache).toBe(false);
    expect(image?.options).toEqual({ dockerfile: 'apps/spark/Dockerfile', repository: 'lakehouse/spark' });
  });
});

describe('createDependencies', () => {
  it('makes an image depend on what it stands on and on what it copies', async () => {
    await projectsOf('docker/base-java/Dockerfile', 'FROM debian:bookworm-slim\n');
    const spark = 'FROM lakehouse/base-java:dev\nCOPY libs/pipeline/src apps/spark/entrypoint.sh /opt/\n';
    await projectsOf('apps/spark/Dockerfile', spark);
    const roots = ['docker/base-java', 'apps/spark', 'libs/pipeline', 'libs/plan'];
    const projects = Object.fromEntries(roots.map((root) => [root, { root }]));
    const context = {
      workspaceRoot,
      projects,
      externalNodes: {},
      fileMap: { projectFileMap: { 'apps/spark': [{ file: 'apps/spark/Dockerfile', hash: '' }] }, nonProjectFiles: [] },
    };

    const edges = await createDependencies(undefined, context as unknown as Parameters<typeof createDependencies>[1]);

    expect(edges.map(({ source, target }) => [source, target])).toEqual([
      ['apps/spark', 'docker/base-java'],
      ['apps/spark', 'libs/pipeline'],
    ]);
  });
});
