/** Spark SQL types that have neither parameters nor parts. */
export const plainTypes = [
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'string',
  'binary',
  'date',
  'timestamp',
  'timestamp_ntz',
] as const;
export type PlainType = (typeof plainTypes)[number];

export interface StructField {
  readonly name: string;
  readonly type: SparkType;
}

/** A Spark SQL type that Delta can store and a merge can compare. */
export type SparkType =
  | { readonly kind: PlainType }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly element: SparkType }
  | { readonly kind: 'map'; readonly key: SparkType; readonly value: SparkType }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] };

/** Whether values of the type can be keys, ordered or grouped cheaply. */
export function isAtomic(type: SparkType): boolean {
  return type.kind !== 'array' && type.kind !== 'map' && type.kind !== 'struct';
}

export function isNumeric(type: SparkType): boolean {
  return ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double', 'decimal'].includes(type.kind);
}

export function isIntegral(type: SparkType): boolean {
  return ['tinyint', 'smallint', 'int', 'bigint'].includes(type.kind);
}

export function isTemporal(type: SparkType): boolean {
  return ['date', 'timestamp', 'timestamp_ntz'].includes(type.kind);
}
