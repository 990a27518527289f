import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A runner with the form of its report; without one the exit code alone decides. */
export interface Check {
  readonly kind: string;
  readonly title: string;
  readonly command: readonly string[];
  readonly report: { readonly form: 'jest' | 'junit'; readonly file: string } | null;
  /** It is skipped where this machine has no Docker engine. */
  readonly needsEngine?: true;
}

/** All checks of the workspace, the quick ones first; reports go to `reports`. */
export function checksOf(workspace: string, python: string, reports: string): readonly Check[] {
  const bin = join(workspace, 'node_modules/.bin');
  const projects = pythonProjects(workspace);
  const jestReport = join(reports, 'jest.json');
  const stackReport = join(reports, 'stack.json');
  return [
    simple('format', 'format', [join(bin, 'biome'), 'format', '.']),
    simple('format', 'format of Python', [python, '-m', 'ruff', 'format', '--check', '.']),
    simple('lint', 'lint of Python', [python, '-m', 'ruff', 'check', '.']),
    // Before ESLint: its rule on module boundaries reads the project graph that Nx leaves behind.
    simple('sync', 'generated workspace files', [join(bin, 'nx'), 'sync:check']),
    simple('typecheck', 'types', [join(bin, 'tsc'), '--build']),
    simple('lint', 'lint', [join(bin, 'eslint'), '.', '--max-warnings', '0']),
    ...projects.map((project) => simple('mypy', `types of ${project}`, [python, '-m', 'mypy', project])),
    {
      kind: 'jest',
      title: 'jest',
      command: [join(bin, 'jest'), '--ci', '--json', '--outputFile', jestReport, '--maxWorkers=100%'],
      report: { form: 'jest', file: jestReport },
    },
    ...projects.map((project) => {
      const file = join(reports, `pytest-${project.replaceAll('/', '-')}.xml`);
      return {
        kind: 'pytest',
        title: `pytest of ${project}`,
        command: [python, '-m', 'pytest', project, '--junitxml', file],
        report: { form: 'junit' as const, file },
      };
    }),
    {
      kind: 'stack',
      title: 'the running platform',
      command: [
        ...[join(bin, 'jest'), '--config', 'apps/lakehouse-e2e/jest.stack.config.cjs'],
        ...['--ci', '--json', '--outputFile', stackReport],
      ],
      report: { form: 'jest', file: stackReport },
      needsEngine: true,
    },
  ];
}

function simple(kind: string, title: string, command: readonly string[]): Check {
  return { kind, title, command, report: null };
}

function pythonProjects(workspace: string): readonly string[] {
  return ['libs', 'apps', 'tools']
    .flatMap((folder) => readdirSync(join(workspace, folder)).map((name) => `${folder}/${name}`))
    .filter((project) => existsSync(join(workspace, project, 'pyproject.toml')));
}
