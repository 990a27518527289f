import { z } from 'zod';
import { type QueryResult } from '../runtime/results.js';

/** Names of types by their number in HiveServer2's protocol, TTypeId of TCLIService.thrift, as Spark SQL calls them. */
const typeNames: readonly string[] = [
  ...['boolean', 'tinyint', 'smallint', 'int', 'bigint', 'float', 'double', 'string', 'timestamp', 'binary', 'array'],
  ...['map', 'struct', 'union', 'user-defined', 'decimal', 'void', 'date', 'varchar', 'char', 'interval', 'interval'],
  'timestamp',
];

const bitmap = z.instanceof(Buffer);

/** A 64-bit integer of the Thrift library. */
const long = z.custom<{ toNumber(): number; toString(): string }>(
  (value) => typeof value === 'object' && value !== null && 'toNumber' in value,
);
const values = z.array(z.union([z.boolean(), z.number(), z.string(), z.instanceof(Buffer), long]));
const columnSchema = z.record(z.string(), z.object({ values, nulls: bitmap }).nullish());

/** What is read of a schema and of the sets of rows that were fetched. */
export const resultSetSchema = z.object({
  schema: z.object({
    columns: z.array(
      z.object({
        columnName: z.string(),
        position: z.number(),
        typeDesc: z.object({
          types: z.array(z.object({ primitiveEntry: z.object({ type: z.number() }).nullish() })),
        }),
      }),
    ),
  }),
  data: z.array(z.object({ columns: z.array(columnSchema).nullish() })),
});

export type ResultSet = z.infer<typeof resultSetSchema>;
type Value = z.infer<typeof values>[number];

/**
 * Columns and rows of a result as HiveServer2 sends it, column by column. Decimals become numbers, as everywhere here;
 * integers that JavaScript cannot hold stay text.
 */
export function decodeRows({ schema, data }: ResultSet): QueryResult {
  const descriptions = [...schema.columns].sort((one, other) => one.position - other.position);
  const types = descriptions.map(
    ({ typeDesc }) => typeNames[typeDesc.types[0]?.primitiveEntry?.type ?? -1] ?? 'string',
  );
  const rows = data.flatMap((set) => {
    const columns = (set.columns ?? []).map((column, index) => decodeColumn(column, types[index] ?? 'string'));
    return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => columns.map((column) => column[row] ?? null));
  });
  return {
    columns: descriptions.map(({ columnName }, index) => ({ name: columnName, type: types[index] ?? '' })),
    rows,
  };
}

function decodeColumn(column: z.infer<typeof columnSchema>, type: string): readonly unknown[] {
  const stated = Object.values(column).find((value) => value !== null && value !== undefined);
  return stated?.values.map((value, row) => (isNull(stated.nulls, row) ? null : decode(value, type))) ?? [];
}

/** One bit a row, the lowest of a byte first; the map may end before the rows do. */
function isNull(nulls: Buffer, row: number): boolean {
  return ((nulls[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

function decode(value: Value, type: string): unknown {
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (typeof value === 'object') {
    const number = value.toNumber();
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  return type === 'decimal' ? Number(value) : value;
}
