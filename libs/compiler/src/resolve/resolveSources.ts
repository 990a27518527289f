import { type Path, positionOf, type Problem, suggest } from '@lakehouse/contracts';
import type { SilverTable, Source } from '@lakehouse/plan';
import type { SourceEntry } from '../domain/domainFileSchema.js';
import { toSource } from '../domain/toSource.js';
import { bronzeColumns } from './bronzeColumns.js';
import type { Catalog, CatalogEntry } from './catalog.js';
import { draftsOf } from './draftsOf.js';
import type { Domain } from './readWorkspace.js';

export interface ResolvedSources {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

/** The sources of all domains, each with the columns that its silver tables read and their drift policy. */
export function resolveSources(
  domains: readonly Domain[],
  catalog: Catalog,
  originColumns: ReadonlyMap<string, SilverTable['originColumns']>,
): ResolvedSources {
  const problems: Problem[] = [];
  const filled = new Map<string, string>();
  const named = new Map<string, string>();
  const sources = domains.flatMap((domain) => {
    const { document } = domain;
    if (document === null) return [];
    return (domain.settings.sources ?? []).map((entry, index) => {
      const report = (
        key: string,
        code: string,
        message: string,
        fix: string,
        severity: Problem['severity'] = 'error',
      ): void => {
        const path: Path = ['sources', index, key];
        problems.push({ code, severity, file: document.file, ...positionOf(document, path), message, fix });
      };
      const namesake = named.get(entry.name);
      if (namesake !== undefined) {
        report(
          'name',
          'LH1311',
          `There are two sources \`${entry.name}\`: the other is in ${namesake}.`,
          'Rename one of them.',
        );
      }
      named.set(entry.name, document.file);
      const other = filled.get(entry.into);
      if (other !== undefined) {
        report(
          'into',
          'LH1310',
          `\`${entry.into}\` is filled by the source \`${other}\` already.`,
          'Give each source a bronze table of its own.',
        );
      }
      filled.set(entry.into, entry.name);
      const readers = readersOf(entry, domain, catalog);
      if (readers.length === 0 && !mayBeReadByDraft(entry, domain)) {
        report(
          'into',
          'LH1312',
          `No silver table reads \`${entry.into}\`.`,
          `Add a contract with lakehouseOrigin: ${entry.into}.`,
          'warning',
        );
      }
      const policies = [...new Set(readers.map(({ contract }) => contract.driftPolicy))];
      if (policies.length > 1) {
        const tables = readers.map(({ contract }) => `${contract.table}: ${contract.driftPolicy}`).join(', ');
        report(
          'into',
          'LH1313',
          `The tables made of \`${entry.into}\` differ in lakehouseDriftPolicy (${tables}).`,
          'Choose one policy.',
        );
      }
      const read = readers.flatMap(({ contract }) => originColumns.get(contract.table) ?? []);
      return toSource(entry, domain.settings, knownColumns(entry, read), policies[0] ?? 'rescue');
    });
  });
  return { sources, problems: [...problems, ...unfilledOrigins(domains, catalog)] };
}

function readersOf(entry: SourceEntry, domain: Domain, catalog: Catalog): readonly CatalogEntry[] {
  return [...catalog.entries.values()].filter(({ contract, domain: reader }) => {
    return reader.name === domain.name && contract.origin === entry.into;
  });
}

/** Whether a silver contract with errors is made of the source, or does not say of what. */
function mayBeReadByDraft(entry: SourceEntry, { folder, contracts, drafts }: Domain): boolean {
  const understood = new Map([...contracts, ...drafts].map((contract) => [contract.table, contract]));
  return folder.contracts.some(({ table }) => {
    if (!table.startsWith('silver.')) return false;
    const contract = understood.get(table);
    return contract === undefined || contract.origin === entry.into || contract.origin === null;
  });
}

/** Columns that the domain names, in any place and once each; the watermark is one of them. */
function knownColumns(entry: SourceEntry, read: readonly string[]): string[] {
  const watermark = entry.kind !== 'files' && entry.watermark ? [entry.watermark.column] : [];
  const known = new Map<string, string>();
  for (const column of [...(entry.columns ?? []), ...read, ...watermark]) {
    const key = column.toLowerCase();
    if (!known.has(key) && !bronzeColumns.includes(key)) known.set(key, column);
  }
  return [...known.values()];
}

function unfilledOrigins(domains: readonly Domain[], catalog: Catalog): readonly Problem[] {
  return [...catalog.entries.values(), ...draftsOf(domains)].flatMap(({ contract, domain }): Problem[] => {
    if (contract.origin === null || domain.document === null) return [];
    const own = (domain.settings.sources ?? []).map((source) => source.into);
    if (own.includes(contract.origin)) return [];
    const elsewhere = domains.find((other) =>
      (other.settings.sources ?? []).some((source) => source.into === contract.origin),
    );
    const meant = suggest(contract.origin, own);
    const index = (contract.source.customProperties ?? []).findIndex(({ property }) => property === 'lakehouseOrigin');
    return [
      {
        code: 'LH1505',
        severity: 'error',
        file: contract.file,
        ...positionOf(contract.document, ['customProperties', index, 'value']),
        message: elsewhere
          ? `\`${contract.origin}\` belongs to the domain ${elsewhere.name}; bronze is not shared.`
          : `No source fills \`${contract.origin}\`.`,
        fix: elsewhere
          ? `Read a gold table of ${elsewhere.name}, or add a source to ${domain.folder.domainFile.path}.`
          : `Add a source with \`into: ${contract.origin}\` to ${domain.folder.domainFile.path}.${meant === null ? '' : ` Did you mean \`${meant}\`?`}`,
      },
    ];
  });
}
