import type { Contract, Problem } from '@lakehouse/contracts';
import type { GoldTable } from '@lakehouse/plan';
import { qualifiedByLayer } from '../sql/qualifiedByLayer.js';
import type { GoldModel } from '../sql/goldModel.js';
import { rewriteTables } from '../sql/rewriteTables.js';
import type { PythonModel } from '../python/pythonModel.js';
import { problemIn } from '../text/problemIn.js';
import { buildAffectedKeys } from './buildAffectedKeys.js';
import type { Built } from './buildSilver.js';
import type { Catalog } from './catalog.js';
import { comparedColumns } from './comparedColumns.js';
import { hasModelFile } from './hasModelFile.js';
import type { Domain, Model } from './readWorkspace.js';
import { resolveInput } from './resolveInput.js';

export type GoldModelPart = Pick<GoldTable, 'model' | 'inputs' | 'affectedKeys'>;

/** The model of a gold table with its inputs found. */
export function buildGold(
  contract: Contract,
  model: Model | undefined,
  domain: Domain,
  catalog: Catalog,
): Built<GoldModelPart> {
  switch (model?.kind) {
    case 'gold':
      return buildSql(contract, model.model, domain, catalog);
    case 'python':
      return buildPython(contract, model.model, domain, catalog);
    case 'silver':
    case undefined: {
      if (hasModelFile(domain, contract.table)) return { value: null, problems: [] };
      const problem: Problem = {
        code: 'LH1433',
        severity: 'error',
        file: contract.file,
        line: 1,
        column: 1,
        message: `\`${contract.table}\` has a contract but no model.`,
        fix: `Write ${domain.folder.path === '' ? '' : `${domain.folder.path}/`}models/${contract.table}.sql.`,
      };
      return { value: null, problems: [problem] };
    }
  }
}

function buildSql(contract: Contract, model: GoldModel, domain: Domain, catalog: Catalog): Built<GoldModelPart> {
  const { file, statement, references, output } = model;
  const problems: Problem[] = [...qualifiedByLayer(statement, references).map((remark) => problemIn(file, remark))];
  const inputs: string[] = [];
  for (const reference of references) {
    const resolved = resolveInput(reference.parts, domain, catalog);
    if (resolved.ok) {
      if (!inputs.includes(resolved.table)) inputs.push(resolved.table);
    } else {
      const { code, message, fix } = resolved;
      problems.push(problemIn(file, { code, offset: reference.start, message, fix }));
    }
    if (reference.extra !== null) {
      const message = `The model reads ${reference.extra} of a table: its rows would not follow from the table as it stands.`;
      problems.push(
        problemIn(file, { code: 'LH1434', offset: reference.start, message, fix: 'Read the table as it is.' }),
      );
    }
  }
  if (references.length === 0) {
    const message = 'The model reads no table.';
    problems.push(
      problemIn(file, { code: 'LH1435', offset: 0, message, fix: 'Read at least one silver or gold table.' }),
    );
  }
  const named = output.flatMap(({ name, offset }) => (name === null ? [] : [{ name, offset }]));
  const isKnown = output.length > 0 && named.length === output.length && !output.some(({ isStar }) => isStar);
  if (isKnown) problems.push(...comparedColumns(file, named, contract));
  const sql = rewriteTables(file.text, references, (reference) => reference.parts.join('.').toLowerCase());
  const isRead = references.every(({ parts }) => inputs.includes(parts.join('.').toLowerCase()));
  const keys = buildAffectedKeys(contract, model, inputs, isRead, catalog);
  return {
    value: { model: { kind: 'sql', file: file.path, sql }, inputs, affectedKeys: keys.value },
    problems: [...problems, ...keys.problems],
  };
}

function buildPython(contract: Contract, model: PythonModel, domain: Domain, catalog: Catalog): Built<GoldModelPart> {
  const { file, function: name, parameters } = model;
  const problems: Problem[] = [];
  const read = parameters.map((parameter) => {
    const [layer = '', ...rest] = parameter.name.split('_');
    const parts = rest.length === 0 ? [layer] : [layer, rest.join('_')];
    const resolved = resolveInput(parts, domain, catalog);
    if (resolved.ok) return { name: parameter.name, table: resolved.table };
    const { code, message, fix } = resolved;
    problems.push(
      problemIn(file, {
        code,
        offset: parameter.offset,
        message: `The parameter \`${parameter.name}\`: ${message}`,
        fix,
      }),
    );
    return { name: parameter.name, table: parts.join('.') };
  });
  const inputs = [...new Set(read.map(({ table }) => table))];
  const keys = buildAffectedKeys(contract, null, inputs, problems.length === 0, catalog);
  return {
    value: {
      model: { kind: 'python', file: file.path, source: file.text, function: name, parameters: read },
      inputs,
      affectedKeys: keys.value,
    },
    problems: [...problems, ...keys.problems],
  };
}
