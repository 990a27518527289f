import { positionOf, type Problem } from '@lakehouse/contracts';
import type { Check, Column, OpsTable } from '@lakehouse/plan';
import type { Unfingerprinted } from '../fingerprint/tableFingerprint.js';
import { foldQuery } from '../sql/foldQuery.js';
import { buildGold } from './buildGold.js';
import { buildSilver } from './buildSilver.js';
import { hasModelFile } from './hasModelFile.js';
import type { Catalog, CatalogEntry } from './catalog.js';
import { resolveReferences } from './resolveReferences.js';
import { ruleFaults } from './ruleFaults.js';

export interface BuiltTables {
  readonly tables: readonly Unfingerprinted[];
  readonly opsTables: readonly OpsTable[];
  /** The tables that each table has to stand after. */
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** Makes the plan's tables of contracts and models, in the order of their names. */
export function buildTables(catalog: Catalog): BuiltTables {
  const tables: Unfingerprinted[] = [];
  const opsTables: OpsTable[] = [];
  const needs = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  const entries = [...catalog.entries.values()].sort((left, right) =>
    left.contract.table < right.contract.table ? -1 : 1,
  );
  for (const entry of entries) {
    if (entry.contract.layer === 'ops') {
      opsTables.push(opsTable(entry));
      problems.push(...judgedRules(entry));
      continue;
    }
    const { table, inputs, problems: found } = buildTable(entry, catalog);
    problems.push(...found, ...ruleFaults(entry, catalog));
    needs.set(entry.contract.table, inputs);
    if (table) tables.push(table);
  }
  return { tables, opsTables, needs, problems };
}

/** A table that the runtime writes; its contract only describes it. */
function opsTable(entry: CatalogEntry): OpsTable {
  const { name, domain, team, description, contract, columns, key } = commonPart(entry, []);
  return { layer: 'ops', name, domain, team, description, contract, columns, key };
}

function judgedRules({ contract }: CatalogEntry): readonly Problem[] {
  return contract.quality
    .filter(({ path }) => path.includes('quality'))
    .map(({ path }) => ({
      code: 'LH1523',
      severity: 'error' as const,
      file: contract.file,
      ...positionOf(contract.document, path),
      message: `\`${contract.table}\` is written by the runtime; nobody judges a rule on it.`,
      fix: 'Remove the rule.',
    }));
}

export interface BuiltTable {
  readonly table: Unfingerprinted | null;
  readonly inputs: readonly string[];
  readonly problems: readonly Problem[];
}

/** One table of its contract and its model; the catalog holds the tables that they name. */
export function buildTable(entry: CatalogEntry, catalog: Catalog): BuiltTable {
  const { contract, domain } = entry;
  const references = resolveReferences(entry, catalog);
  const common = commonPart(entry, references.checks);
  const model = domain.models.get(contract.table);
  if (contract.layer === 'silver') {
    const isUnread = model === undefined && hasModelFile(domain, contract.table);
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
  const table = value && { layer: 'gold' as const, ...common, ...value };
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
  const measure = foldQuery(check.measure.sql);
  return measure === null ? check : { ...check, measure };
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
