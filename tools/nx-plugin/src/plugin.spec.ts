import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createNodes } from './plugin';

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
});
