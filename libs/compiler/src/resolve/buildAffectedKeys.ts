import { type Contract, oneOf, positionOf, type Path, type Problem } from '@lakehouse/contracts';
import type { GoldTable } from '@lakehouse/plan';
import { deriveMapping } from '../affected-keys/deriveMapping.js';
import { mappingFaults } from '../affected-keys/mappingFaults.js';
import { entryTokens } from '../sql/entryTokens.js';
import { callOf } from '../sql/functionCalls.js';
import { aggregateFunctions, volatileFunctions } from '../sql/functionNames.js';
import type { GoldModel } from '../sql/goldModel.js';
import type { Built } from './buildSilver.js';
import type { Catalog } from './catalog.js';

type Keys = NonNullable<GoldTable['affectedKeys']>;

/**
 * The columns by which a gold table is recomputed, and for each input how its rows lead to them.
 * @param isComplete - whether `inputs` has all that the model reads; else a mapping may be of one that is misspelt there
 */
export function buildAffectedKeys(
  contract: Contract,
  model: GoldModel | null,
  inputs: readonly string[],
  isComplete: boolean,
  catalog: Catalog,
): Built<Keys> {
  const keys = contract.affectedKeys;
  if (!keys) return { value: null, problems: [] };
  const problems: Problem[] = [];
  const path = propertyPath(contract);
  const report = (
    at: Path,
    code: string,
    message: string,
    fix: string,
    severity: Problem['severity'] = 'error',
  ): void => {
    problems.push({ code, severity, file: contract.file, ...positionOf(contract.document, at), message, fix });
  };
  for (const [index, column] of keys.columns.entries()) {
    if (model && isAggregate(model, column)) {
      const message = `\`${column}\` is an aggregate: which rows a change affects cannot be told from it.`;
      report([...path, 'columns', index], 'LH1440', message, 'Name columns that the model groups by.');
    }
  }
  const stated = keys.inputs.flatMap((input): Keys['inputs'] => {
    const table = input.table.toLowerCase();
    const columns = catalog.entries.get(table)?.contract.columns.map((column) => column.name);
    if (!inputs.includes(table)) {
      if (isComplete) {
        report(input.path, 'LH1441', `The model does not read \`${input.table}\`.`, oneOf(input.table, inputs));
      }
      return [];
    }
    for (const [index, expression] of input.expressions.entries()) {
      for (const fault of mappingFaults(expression, table, columns ?? null)) {
        report([...input.path, index], 'LH1443', fault.message, fault.fix);
      }
    }
    return [{ table, expressions: [...input.expressions] }];
  });
  if (model && callOf(model.statement.tokens, volatileFunctions)) return { value: null, problems };
  const derived = model ? derive(contract, model, keys.columns, catalog) : null;
  const isStated = derived && stated.some((input) => input.table === derived.table);
  const all = derived && !isStated ? [derived, ...stated] : stated;
  if (
    all.length === 0 &&
    problems.length === 0 &&
    ![contract.table, ...inputs].some((table) => catalog.broken.has(table))
  ) {
    const message = `No input of \`${contract.table}\` has a mapping to ${keys.columns.join(', ')}, so every change computes the whole table.`;
    const fix = 'State mappings under `inputs` of lakehouseAffectedKeys, or remove it.';
    report(path, 'LH1444', message, fix, 'warning');
  }
  const ordered = all.toSorted((left, right) => inputs.indexOf(left.table) - inputs.indexOf(right.table));
  return { value: { columns: [...keys.columns], inputs: ordered }, problems };
}

function propertyPath(contract: Contract): Path {
  const index = (contract.source.customProperties ?? []).findIndex(
    ({ property }) => property === 'lakehouseAffectedKeys',
  );
  return ['customProperties', index, 'value'];
}

function isAggregate(model: GoldModel, column: string): boolean {
  const entry = model.output.find((candidate) => candidate.name?.toLowerCase() === column.toLowerCase());
  return entry !== undefined && callOf(entryTokens(model.statement, entry), aggregateFunctions) !== null;
}

function derive(
  contract: Contract,
  model: GoldModel,
  columns: readonly string[],
  catalog: Catalog,
): Keys['inputs'][number] | null {
  const tableOf = (parts: readonly string[]) => catalog.entries.get(parts.join('.').toLowerCase())?.contract;
  const mapping = deriveMapping(model, columns, ({ parts }) => tableOf(parts)?.columns.map(({ name }) => name) ?? null);
  if (!mapping?.reference) return null;
  const input = tableOf(mapping.reference.parts);
  const expressions = mapping.expressions.map((expression, index) => {
    const type = contract.columns.find(({ name }) => name === columns[index])?.type;
    const isSame = input?.columns.some((column) => column.name === expression && column.type === type);
    // Gold stores the expression in the contract's type; a timestamp never equals the date that is stored of it.
    return isSame || type === undefined ? expression : `cast(${expression} as ${type})`;
  });
  return { table: mapping.reference.parts.join('.').toLowerCase(), expressions };
}
