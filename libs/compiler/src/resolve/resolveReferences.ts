import {
  type Contract,
  type ContractColumn,
  oneOf,
  type Problem,
  resolveReference,
  type UnresolvedReference,
} from '@lakehouse/contracts';
import type { Check, RowRule } from '@lakehouse/plan';
import type { Catalog, CatalogEntry } from './catalog.js';

export interface ResolvedReferences {
  readonly rowRules: readonly RowRule[];
  readonly checks: readonly Check[];
  /** Silver tables that have to be up to date before the rows of this one are judged. */
  readonly parents: readonly string[];
  readonly problems: readonly Problem[];
}

/** Finds the parents of a contract's foreign keys and makes rules of them. */
export function resolveReferences({ contract, domain }: CatalogEntry, catalog: Catalog): ResolvedReferences {
  const rowRules: RowRule[] = [];
  const checks: Check[] = [];
  const parents: string[] = [];
  const problems: Problem[] = [];
  for (const reference of contract.references) {
    const report = (code: string, message: string, fix: string): void => {
      problems.push({ code, severity: 'error', file: contract.file, ...reference.position, message, fix });
    };
    const parent = parentOf(reference, contract, domain.name, catalog);
    if (parent === 'broken') continue;
    if ('message' in parent) {
      report('LH1510', parent.message, parent.fix);
      continue;
    }
    const columns = reference.target.properties.map((name) => columnOf(parent.contract, name));
    const unknown = reference.target.properties.filter((_, index) => columns[index] === undefined);
    if (unknown.length > 0) {
      const names = parent.contract.columns.map((column) => column.name);
      report(
        'LH1511',
        `\`${parent.contract.table}\` has no column \`${unknown.join('`, `')}\`.`,
        oneOf(unknown[0] ?? '', names),
      );
      continue;
    }
    const found = columns.filter((column) => column !== undefined);
    const names = found.map((column) => column.name);
    if (!isKey(names, parent.contract)) {
      const key = parent.contract.key.join(', ');
      report(
        'LH1512',
        `${names.join(', ')} is not the primary key of \`${parent.contract.table}\`.`,
        `Refer to all columns of its key: ${key}.`,
      );
    }
    for (const [index, name] of reference.columns.entries()) {
      const child = contract.columns.find((column) => column.name === name);
      const other = found[index];
      if (child && other && typeGroup(child) !== typeGroup(other)) {
        const message = `\`${name}\` is ${child.type}, but \`${parent.contract.table}.${other.name}\` is ${other.type}: they cannot be compared.`;
        report('LH1513', message, 'Give both columns the same type.');
      }
    }
    const resolved = resolveReference(reference, contract.layer, { table: parent.contract.table, columns: names });
    if (resolved.kind === 'row') {
      rowRules.push(resolved.rule);
    } else {
      checks.push(resolved.check);
    }
    if (contract.layer === 'silver' && parent.contract.table !== contract.table) parents.push(parent.contract.table);
  }
  return { rowRules, checks, parents: [...new Set(parents)], problems };
}

/** The parent, or why there is none. */
function parentOf(
  { target }: UnresolvedReference,
  child: Contract,
  domain: string,
  catalog: Catalog,
): CatalogEntry | 'broken' | { readonly message: string; readonly fix: string } {
  const isMeant = ({ contract }: CatalogEntry): boolean => {
    if (target.file !== null && !contract.file.endsWith(`/${target.file.replace(/^(\.\.?\/)*/, '')}`)) return false;
    return contract.table.split('.')[1] === target.object || contract.objectId === target.object;
  };
  const candidates = [...catalog.entries.values()].filter(isMeant);
  const own = candidates.filter((entry) => entry.domain.name === domain);
  const silver = own.find(({ contract }) => contract.layer === 'silver');
  const gold = own.find(({ contract }) => contract.layer === 'gold');
  const published = candidates.find((entry) => entry.domain.name !== domain && entry.contract.layer === 'gold');
  const parent = silver ?? (child.layer === 'gold' ? gold : undefined) ?? published;
  if (parent) return parent;
  if (catalog.broken.has(`silver.${target.object}`)) return 'broken';
  if (gold) {
    const message = `\`${target.object}\` is a gold table, and silver is made before gold.`;
    return { message, fix: 'Refer to a silver table.' };
  }
  if (catalog.broken.has(`gold.${target.object}`)) return 'broken';
  const [foreign] = candidates;
  if (foreign) {
    const message = `\`${foreign.contract.table}\` is silver of the domain ${foreign.domain.name}, and only gold is published to other domains.`;
    return { message, fix: 'Refer to a gold table of that domain.' };
  }
  return {
    message: `There is no table \`${target.object}\` to refer to.`,
    fix: oneOf(target.object, objectNames(catalog)),
  };
}

function objectNames(catalog: Catalog): string[] {
  return [...new Set(catalog.names.map((name) => name.split('.')[1] ?? name))];
}

function columnOf(contract: Contract, name: string): ContractColumn | undefined {
  return contract.columns.find((column) => column.name === name || column.id === name);
}

function isKey(columns: readonly string[], parent: Contract): boolean {
  const [only] = columns;
  const isUnique = columns.length === 1 && parent.columns.some((column) => column.name === only && column.unique);
  return isUnique || (columns.length === parent.key.length && columns.every((column) => parent.key.includes(column)));
}

/** Types of one group can be compared without losing values. */
function typeGroup({ sparkType }: ContractColumn): string {
  switch (sparkType.kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'decimal':
      return 'exact number';
    case 'float':
    case 'double':
      return 'approximate number';
    case 'timestamp':
    case 'timestamp_ntz':
      return 'timestamp';
    default:
      return sparkType.kind;
  }
}
