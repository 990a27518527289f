import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
    ...projects.map((project) =>
      simple('mypy', `types of ${project}`, [pythonOf(workspace, project, python), '-m', 'mypy', project]),
    ),
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
        command: [
          ...[pythonOf(workspace, project, python), '-m', 'pytest', project, '--junitxml', file],
          ...processes(workspace, project),
        ],
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

/** The Python that has a project's packages: the usual one, unless its pyproject.toml names another environment. */
function pythonOf(workspace: string, project: string, usual: string): string {
  const environment = setting(workspace, project, /^environment = "([^"]+)"$/m);
  return environment === undefined ? usual : join(workspace, environment, 'bin/python');
}

/** The options of a project whose pyproject.toml has its tests done by several processes; tests of one file share its fixtures. */
function processes(workspace: string, project: string): readonly string[] {
  const number = setting(workspace, project, /^test-processes = (\d+)$/m);
  return number === undefined ? [] : ['--numprocesses', number, '--dist', 'loadfile'];
}

/** What a project's pyproject.toml says in its section for this workspace. */
function setting(workspace: string, project: string, line: RegExp): string | undefined {
  const text = readFileSync(join(workspace, project, 'pyproject.toml'), 'utf8');
  const section = /^\[tool\.lakehouse\]\n(?:[^[].*\n)*/m.exec(text)?.[0] ?? '';
  return line.exec(section)?.[1];
}

function pythonProjects(workspace: string): readonly string[] {
  return ['libs', 'apps', 'tools']
    .flatMap((folder) => readdirSync(join(workspace, folder)).map((name) => `${folder}/${name}`))
    .filter((project) => existsSync(join(workspace, project, 'pyproject.toml')));
}
