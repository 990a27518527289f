import type { Contract, Problem } from '@lakehouse/contracts';
import type { SilverTable } from '@lakehouse/plan';
import { problemIn } from '../text/problemIn.js';
import { comparedColumns } from './comparedColumns.js';
import { originColumn } from './originColumn.js';
import type { Domain, Model } from './readWorkspace.js';

export type Projection = Pick<SilverTable, 'projection' | 'originColumns'>;

export interface Built<Value> {
  readonly value: Value | null;
  readonly problems: readonly Problem[];
}

/** How the rows of a silver table are made of those of its origin. */
export function buildSilver(contract: Contract, model: Model | undefined, domain: Domain): Built<Projection> {
  const origin = contract.origin ?? '';
  switch (model?.kind) {
    case undefined: {
      const alias = origin.replace(/^bronze\./, '');
      const expressions = contract.columns.map(({ name }) => ({ column: name, expression: originColumn(alias, name) }));
      const originColumns = contract.columns.map(({ name }) => name);
      return { value: { projection: { kind: 'sql', alias, expressions }, originColumns }, problems: [] };
    }
    case 'silver': {
      const { file, origin: read, alias, columns, originColumns } = model.model;
      const compared = comparedColumns(
        file,
        columns.map(({ name, entry }) => ({ name, offset: entry.offset })),
        contract,
      );
      const written = read.parts.join('.').toLowerCase();
      const problems = [...compared];
      if (written !== origin.toLowerCase()) {
        const message = `The model reads \`${read.parts.join('.')}\`, but the contract says that the table is made of \`${origin}\`.`;
        problems.push(
          problemIn(file, {
            code: 'LH1410',
            offset: read.start,
            message,
            fix: `Write \`from ${origin}\`, or change lakehouseOrigin.`,
          }),
        );
      }
      const expressions = contract.columns.flatMap(({ name }) => {
        const column = columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
        return column ? [{ column: name, expression: column.expression }] : [];
      });
      return {
        value: { projection: { kind: 'sql', alias, expressions }, originColumns: [...originColumns] },
        problems,
      };
    }
    case 'python': {
      const { file, function: name, parameters } = model.model;
      const [parameter] = parameters;
      const problems: Problem[] = [];
      const expected = origin.replace('.', '_');
      if (parameters.length !== 1 || parameter?.name !== expected) {
        const message = `A silver model in Python has one parameter, named after its origin: \`${expected}\`.`;
        problems.push(
          problemIn(file, {
            code: 'LH1423',
            offset: parameter?.offset ?? 0,
            message,
            fix: `Write \`def ${name}(${expected}: DataFrame) -> DataFrame:\`.`,
          }),
        );
      }
      const source = (domain.settings.sources ?? []).find((candidate) => candidate.into === origin);
      if (source && (source.columns ?? []).length === 0) {
        const message = `What the Python model of \`${contract.table}\` reads of \`${origin}\` cannot be seen from outside.`;
        const fix = `List the columns it needs in \`columns\` of the source \`${source.name}\` in domain.yaml.`;
        problems.push(problemIn(file, { code: 'LH1424', offset: 0, message, fix }));
      }
      return {
        value: {
          projection: {
            kind: 'python',
            file: file.path,
            source: file.text,
            function: name,
            parameters: [{ name: expected, table: origin }],
          },
          originColumns: [...(source?.columns ?? [])],
        },
        problems,
      };
    }
    case 'gold':
      return { value: null, problems: [] };
  }
}
