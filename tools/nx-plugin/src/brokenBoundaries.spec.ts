import { readJsonFile } from '@nx/devkit';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import boundaries from '../boundaries.json';
import { brokenBoundaries, type Edge } from './brokenBoundaries';

const workspace = resolve(__dirname, '../../..');

interface ProjectGraph {
  readonly graph: {
    readonly nodes: Readonly<
      Record<string, { readonly data: { readonly root: string; readonly tags?: readonly string[] } }>
    >;
    readonly dependencies: Readonly<Record<string, readonly Edge[]>>;
  };
}

describe('brokenBoundaries', () => {
  const tags = { app: ['type:app', 'team:a'], lib: ['type:lib', 'team:b'], domain: ['type:domain'] };

  it('names the edges that are not allowed', () => {
    const edges = [
      { source: 'app', target: 'lib' },
      { source: 'lib', target: 'app' },
      { source: 'domain', target: 'lib' },
    ];

    expect(brokenBoundaries(tags, edges, boundaries)).toEqual([
      'lib (type:lib) must not depend on app (type:app, team:a)',
      'domain (type:domain) must not depend on lib (type:lib, team:b)',
    ]);
  });

  it('finds none in this workspace, whose projects all have a type and a team', () => {
    const { nodes, dependencies } = readProjectGraph().graph;
    const tagsOf = Object.fromEntries(Object.entries(nodes).map(([name, { data }]) => [name, data.tags ?? []]));
    const own = Object.values(dependencies)
      .flat()
      .filter(({ source, target }) => source in nodes && target in nodes);

    expect(own.length).toBeGreaterThan(3);
    expect(brokenBoundaries(tagsOf, own, boundaries)).toEqual([]);
    for (const [name, projectTags] of Object.entries(tagsOf)) {
      expect([name, projectTags.filter((tag) => tag in boundaries).length]).toEqual([name, 1]);
      expect([name, projectTags.filter((tag) => tag.startsWith('team:')).length]).toEqual([name, 1]);
    }
  }, 120_000);
});

function readProjectGraph(): ProjectGraph {
  const folder = mkdtempSync(join(tmpdir(), 'lakehouse-graph-'));
  try {
    const file = join(folder, 'graph.json');
    execFileSync(join(workspace, 'node_modules/.bin/nx'), ['graph', `--file=${file}`], {
      cwd: workspace,
      env: { ...process.env, NX_DAEMON: 'false' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return readJsonFile<ProjectGraph>(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
