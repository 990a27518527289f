import { stringify } from 'yaml';
import type { Contract } from '../contract.js';
import { parseContract } from '../parseContract.js';

/** What a test says of a contract; everything else is filled in. */
export interface Sketch {
  readonly layer?: 'silver' | 'gold';
  readonly root?: Readonly<Record<string, unknown>>;
  readonly object?: Readonly<Record<string, unknown>>;
  readonly properties?: readonly unknown[];
  readonly custom?: readonly unknown[];
}

export const keyColumn = { name: 'id', logicalType: 'integer', required: true, primaryKey: true };

/** The text of a contract of a table `orders` whose key is `id`. */
export function contractText({
  layer = 'silver',
  root = {},
  object = {},
  properties = [],
  custom = [],
}: Sketch): string {
  const origin = layer === 'silver' ? [{ property: 'lakehouseOrigin', value: 'bronze.orders' }] : [];
  return stringify(
    {
      apiVersion: 'v3.1.0',
      kind: 'DataContract',
      id: `shop.${layer}.orders`,
      version: '1.0.0',
      status: 'active',
      ...root,
      schema: [{ name: 'orders', ...object, properties: [keyColumn, ...properties] }],
      customProperties: [...origin, ...custom],
    },
    { aliasDuplicateObjects: false },
  );
}

/** Parses a sketch that has to be sound. */
export function contractOf(sketch: Sketch): Contract {
  const { contract, problems } = parseContract(fileOf(sketch), contractText(sketch));
  if (contract === null)
    throw new Error(problems.map(({ code, line, message }) => `${code} line ${line}: ${message}`).join('\n'));
  return contract;
}

/** The problems of a sketch as `LH1205 12: message`, errors only unless asked. */
export function problemsOf(sketch: Sketch, severity: 'error' | 'warning' = 'error'): string[] {
  return parseContract(fileOf(sketch), contractText(sketch))
    .problems.filter((problem) => problem.severity === severity)
    .map(({ code, message, fix }) => `${code} ${message} ${fix}`);
}

const fileOf = ({ layer = 'silver' }: Sketch): string => `${layer}.orders.odcs.yaml`;
