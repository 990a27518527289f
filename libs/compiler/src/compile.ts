import type { Problem } from '@lakehouse/contracts';
import { type Plan, planVersion, type Table } from '@lakehouse/plan';
import { init } from './sql/parser.js';
import { compileDashboards } from './dashboard/compileDashboards.js';
import { canonicalJson } from './fingerprint/canonicalJson.js';
import { sha256 } from './fingerprint/sha256.js';
import { tableFingerprint, type Unfingerprinted } from './fingerprint/tableFingerprint.js';
import { buildTables } from './resolve/buildTables.js';
import { catalogOf } from './resolve/catalog.js';
import { domainFaults } from './resolve/domainFaults.js';
import { draftFaults } from './resolve/draftFaults.js';
import { draftsOf } from './resolve/draftsOf.js';
import { orderTables } from './resolve/orderTables.js';
import { readWorkspace } from './resolve/readWorkspace.js';
import { resolveSources } from './resolve/resolveSources.js';
import type { SourceFile } from './text/problemIn.js';

export interface Compiled {
  /** Null where a problem is an error. */
  readonly plan: Plan | null;
  /** Sorted by file and line. */
  readonly problems: readonly Problem[];
}

/** Makes one plan of all files of a workspace, or says everything that is in its way. */
export async function compile(files: readonly SourceFile[]): Promise<Compiled> {
  await init();
  return compileFiles(files);
}

function compileFiles(files: readonly SourceFile[]): Compiled {
  const workspace = readWorkspace(files);
  const { catalog, problems: twice } = catalogOf(workspace);
  const built = buildTables(catalog);
  const originColumns = new Map(
    built.tables.flatMap((table) => (table.layer === 'silver' ? [[table.name, table.originColumns]] : [])),
  );
  const { sources, problems: sourceProblems } = resolveSources(workspace.domains, catalog, originColumns);
  const { order, cycles } = orderTables(built.needs);
  const dashboards = compileDashboards(workspace.domains, catalog);
  const problems = [
    ...workspace.problems,
    ...twice,
    ...domainFaults(workspace.domains, catalog),
    ...built.problems,
    ...draftFaults(draftsOf(workspace.domains), catalog),
    ...sourceProblems,
    ...cycles.map((cycle) => cycleProblem(cycle, catalog.entries.get(cycle[0] ?? '')?.contract.file ?? '')),
    ...dashboards.problems,
  ].toSorted(byPlace);
  if (problems.some((problem) => problem.severity === 'error')) return { plan: null, problems };
  const content: Omit<Plan, 'hash'> = {
    version: planVersion,
    domains: workspace.domains
      .map(({ name, team, settings }) => ({
        name,
        team,
        description: settings.description ?? '',
        schedule: settings.schedule ?? null,
        owners: settings.owners ?? [],
      }))
      .toSorted(byName),
    sources: sources.toSorted(byName),
    tables: withFingerprints(order, built.tables),
    opsTables: [...built.opsTables],
    dashboards: dashboards.dashboards.toSorted(byName),
  };
  return { plan: { ...content, hash: sha256(canonicalJson(content)) }, problems };
}

function withFingerprints(order: readonly string[], tables: readonly Unfingerprinted[]): Table[] {
  const byTable = new Map(tables.map((table) => [table.name, table]));
  const fingerprints = new Map<string, string>();
  return order.flatMap((name) => {
    const table = byTable.get(name);
    if (!table) return [];
    const fingerprint = tableFingerprint(table, (input) => fingerprints.get(input) ?? '');
    fingerprints.set(name, fingerprint);
    return [{ ...table, fingerprint }];
  });
}

function cycleProblem(cycle: readonly string[], file: string): Problem {
  return {
    code: 'LH1506',
    severity: 'error',
    file,
    line: 1,
    column: 1,
    message: `Tables need each other in a circle: ${cycle.join(' → ')}.`,
    fix: 'Let one of them read the inputs of the other instead.',
  };
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

function byPlace(left: Problem, right: Problem): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column || (left.code < right.code ? -1 : 1);
}
