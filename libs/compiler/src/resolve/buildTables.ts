import type { Problem } from '@lakehouse/contracts';
import type { Check, Column } from '@lakehouse/plan';
import type { Unfingerprinted } from '../fingerprint/tableFingerprint.js';
import { foldQuery } from '../sql/foldQuery.js';
import { buildGold } from './buildGold.js';
import { buildSilver } from './buildSilver.js';
import type { Catalog, CatalogEntry } from './catalog.js';
import { resolveReferences } from './resolveReferences.js';
import { ruleFaults } from './ruleFaults.js';

export interface BuiltTables {
  readonly tables: readonly Unfingerprinted[];
  /** The tables that each table has to stand after. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** Makes the plan's tables of contracts and models, in the order of their names. */
export function buildTables(catalog: Catalog): BuiltTables {
  const tables: Unfingerprinted[] = [];
  const needs = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  const entries = [...catalog.entries.values()].sort((left, right) =>
    left.contract.table < right.contract.table ? -1 : 1,
  );
  for (const entry of entries) {
    const { table, inputs, problems: found } = buildTable(entry, catalog);
    problems.push(...found, ...ruleFaults(entry, catalog));
    needs.set(entry.contract.table, inputs);
    if (table) tables.push(table);
  }
  return { tables, needs, problems };
}

interface BuiltTable {
  readonly table: Unfingerprinted | null;
  readonly inputs: readonly string[];
  readonly problems: readonly Problem[];
}

function buildTable(entry: CatalogEntry, catalog: Catalog): BuiltTable {
  const { contract, domain } = entry;
  const references = resolveReferences(entry, catalog);
  const common = commonPart(entry, references.checks);
  const model = domain.models.get(contract.table);
  if (contract.layer === 'silver') {
    const isUnread = model === undefined && catalog.broken.has(contract.table);
    const { value, problems } = isUnread ? { value: null, problems: [] } : buildSilver(contract, model, domain);
    const table = value && {
      layer: contract.layer,
      ...common,
      origin: contract.origin ?? '',
      ...value,
      rowRules: [...contract.rowRules, ...references.rowRules],
      orderingColumn: contract.orderingColumn,
      maxQuarantine: contract.maxQuarantine,
    };
    return { table, inputs: references.parents, problems: [...references.problems, ...problems] };
  }
  const { value, problems } = buildGold(contract, model, domain, catalog);
  const table = value && { layer: contract.layer, ...common, ...value };
  return { table, inputs: value?.inputs ?? [], problems: [...references.problems, ...problems] };
}

function commonPart({ contract, domain }: CatalogEntry, referenceChecks: readonly Check[]) {
  const { id, name, version, status, file } = contract;
  return {
    name: contract.table,
    domain: domain.name,
    team: contract.team ?? domain.team,
    description: contract.description,
    contract: { id, name, version, status, file },
    columns: contract.columns.map(planColumn),
    key: [...contract.key],
    partitionedBy: [...contract.partitionedBy],
    clusteredBy: [...contract.clusteredBy],
    checks: [...contract.checks.map(foldCheck), ...referenceChecks],
    retention: contract.retention && { ...contract.retention },
  };
}

/** A query over the judged table alone becomes an aggregate, which is read together with all others. */
function foldCheck(check: Check): Check {
  if (check.measure.kind !== 'query') return check;
  const expression = foldQuery(check.measure.sql);
  return expression === null ? check : { ...check, measure: { kind: 'aggregate', expression } };
}

function planColumn({
  name,
  type,
  logicalType,
  nullable,
  description,
  classification,
  tags,
  examples,
}: Column): Column {
  return { name, type, logicalType, nullable, description, classification, tags: [...tags], examples: [...examples] };
}
