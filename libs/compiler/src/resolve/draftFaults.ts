import type { Problem } from '@lakehouse/contracts';
import { buildTable } from './buildTables.js';
import type { Catalog, CatalogEntry } from './catalog.js';
import { ruleFaults } from './ruleFaults.js';

/** They compare with the columns and types of the contract, of which a faulty part may hold the right ones. */
const ofColumns: ReadonlySet<string> = new Set(['LH1431', 'LH1444', 'LH1513', 'LH1522']);
/** They compare with the contract's origin. */
const ofOrigin: ReadonlySet<string> = new Set(['LH1410', 'LH1423', 'LH1424']);

/** What is wrong with the tables of faulty contracts besides, so that all of it is seen at once and nothing that only follows. */
export function draftFaults(drafts: readonly CatalogEntry[], catalog: Catalog): readonly Problem[] {
  return drafts.flatMap((entry) => {
    if (entry.contract.layer === 'ops') return [];
    const problems = [...buildTable(entry, catalog).problems, ...ruleFaults(entry, catalog)];
    return problems.filter(
      ({ code }) => !ofColumns.has(code) && (entry.contract.origin !== null || !ofOrigin.has(code)),
    );
  });
}
