import type { SourceFile } from '../text/problemIn.js';

export interface WorkspaceSize {
  /** Half of them silver, half of them gold. */
  readonly tables: number;
  readonly columns: number;
  readonly domain?: string;
}

/** The files of a domain of the given size, every table with a contract with rules and an SQL model. Always the same. */
export function generateWorkspace({ tables, columns, domain = 'generated' }: WorkspaceSize): readonly SourceFile[] {
  const folder = `libs/domains/${domain}`;
  const numbers = Array.from({ length: Math.ceil(tables / 2) }, (_, index) => index + 1);
  const gold = numbers.slice(0, Math.floor(tables / 2));
  return [
    { path: `${folder}/domain.yaml`, text: domainText(domain, numbers) },
    ...numbers.flatMap((number) => [
      {
        path: `${folder}/contracts/silver.input_${number}.odcs.yaml`,
        text: contractText(domain, 'silver', number, columns),
      },
      { path: `${folder}/models/silver.input_${number}.sql`, text: silverText(number, columns) },
    ]),
    ...gold.flatMap((number) => [
      {
        path: `${folder}/contracts/gold.output_${number}.odcs.yaml`,
        text: contractText(domain, 'gold', number, columns),
      },
      { path: `${folder}/models/gold.output_${number}.sql`, text: goldText(number, columns, numbers.length) },
    ]),
  ];
}

function domainText(domain: string, numbers: readonly number[]): string {
  const sources = numbers.map(
    (number) => `  - name: ${domain}_${number}
    kind: files
    path: "${domain}_${number}/*.csv"
    format: { type: csv }
    into: bronze.input_${number}`,
  );
  return `domain: ${domain}\nteam: platform\ndescription: Made to measure the compiler.\nsources:\n${sources.join('\n')}\n`;
}

function contractText(domain: string, layer: 'silver' | 'gold', number: number, columns: number): string {
  const name = layer === 'silver' ? `input_${number}` : `output_${number}`;
  const properties = columnNames(columns).map((column, index) => {
    if (index === 0) {
      return `      - name: ${column}
        logicalType: integer
        required: true
        primaryKey: true
        description: Number of the row.`;
    }
    return `      - name: ${column}
        logicalType: ${index % 3 === 0 ? 'integer' : 'string'}
        description: Column ${index} of ${name}.
        classification: public
        examples: ["${index}"]${
          index % 5 === 0
            ? `
        quality:
          - type: library
            metric: nullValues
            mustBeLessThan: 5
            unit: percent
            severity: warning
            dimension: completeness`
            : ''
        }`;
  });
  const origin = layer === 'silver' ? `\n  - property: lakehouseOrigin\n    value: bronze.input_${number}` : '';
  const keys = `\n  - property: lakehouseAffectedKeys\n    value: { columns: [id] }`;
  return `apiVersion: v3.1.0
kind: DataContract
id: ${domain}.${layer}.${name}
name: ${name}
version: 1.0.0
status: active
domain: ${domain}
description:
  purpose: Made to measure the compiler.
schema:
  - name: ${name}
    physicalType: table
    logicalType: object
    description: Made to measure the compiler.
    properties:
${properties.join('\n')}
customProperties:
  - property: lakehouseLayer
    value: ${layer}${origin}${layer === 'gold' ? keys : ''}
`;
}

function silverText(number: number, columns: number): string {
  const entries = columnNames(columns).map((column, index) => {
    return `  ${index % 3 === 0 ? `try_cast(i.${column} as bigint)` : `nullif(upper(trim(i.${column})), '')`} as ${column}`;
  });
  return `select\n${entries.join(',\n')}\nfrom bronze.input_${number} i\n`;
}

function goldText(number: number, columns: number, inputs: number): string {
  const other = (number % inputs) + 1;
  const entries = columnNames(columns).map((column, index) => {
    if (index === 0) return '  i.id';
    return index % 3 === 0
      ? `  coalesce(sum(i.${column}), 0) as ${column}`
      : `  max(${index % 2 === 0 ? 'i' : 'o'}.${column}) as ${column}`;
  });
  return `select\n${entries.join(',\n')}\nfrom silver.input_${number} i\nleft join silver.input_${other} o on o.id = i.id\ngroup by i.id\n`;
}

function columnNames(columns: number): readonly string[] {
  return Array.from({ length: columns }, (_, index) => (index === 0 ? 'id' : `column_${index}`));
}
