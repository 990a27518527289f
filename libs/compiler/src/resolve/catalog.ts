import type { Contract, Problem } from '@lakehouse/contracts';
import type { Domain, Workspace } from './readWorkspace.js';

export interface CatalogEntry {
  readonly contract: Contract;
  readonly domain: Domain;
}

/** Every table that has a contract. */
export interface Catalog {
  readonly entries: ReadonlyMap<string, CatalogEntry>;
  readonly broken: ReadonlySet<string>;
  /** Names of all tables, also of those whose contract has errors. */
  readonly names: readonly string[];
}

/** Collects the tables of all domains; a name belongs to one table only. */
export function catalogOf(workspace: Workspace): { catalog: Catalog; problems: readonly Problem[] } {
  const entries = new Map<string, CatalogEntry>();
  const problems: Problem[] = [];
  for (const domain of workspace.domains) {
    for (const contract of domain.contracts) {
      const first = entries.get(contract.table);
      if (first) {
        problems.push({
          code: 'LH1501',
          severity: 'error',
          file: contract.file,
          line: 1,
          column: 1,
          message: `There are two tables \`${contract.table}\`: the other is described in ${first.contract.file}.`,
          fix: 'Rename one of them: its contract, its model and its schema object.',
        });
      } else {
        entries.set(contract.table, { contract, domain });
      }
    }
  }
  const names = [...new Set([...entries.keys(), ...workspace.broken])].sort();
  return { catalog: { entries, broken: workspace.broken, names }, problems };
}
