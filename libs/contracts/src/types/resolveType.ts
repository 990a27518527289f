import type { integerFormats, LogicalType, numberFormats } from '../odcs/logicalTypeOptions.js';
import type { ItemProperty } from '../odcs/property.js';
import type { SparkType, StructField } from './sparkType.js';
import { parseSparkType } from './parseSparkType.js';

type Format = (typeof integerFormats)[number] | (typeof numberFormats)[number];

const formats: Readonly<Record<Format, SparkType>> = {
  i8: { kind: 'tinyint' },
  i16: { kind: 'smallint' },
  i32: { kind: 'int' },
  i64: { kind: 'bigint' },
  i128: { kind: 'decimal', precision: 38, scale: 0 },
  u8: { kind: 'smallint' },
  u16: { kind: 'int' },
  u32: { kind: 'bigint' },
  u64: { kind: 'decimal', precision: 20, scale: 0 },
  u128: { kind: 'decimal', precision: 38, scale: 0 },
  f32: { kind: 'float' },
  f64: { kind: 'double' },
};

/** The Spark type of a property: its physicalType if that is one, else what its logicalType says. Null: neither does. */
export function resolveType(property: ItemProperty): SparkType | null {
  const physical = property.physicalType === undefined ? null : parseSparkType(property.physicalType);
  if (physical !== null) return physical;
  const format = property.logicalTypeOptions?.['format'];
  switch (property.logicalType) {
    case 'string':
    case 'time':
      return { kind: 'string' };
    case 'integer':
      return isFormat(format) ? formats[format] : { kind: 'bigint' };
    case 'number':
      return isFormat(format) ? formats[format] : { kind: 'double' };
    case 'boolean':
    case 'date':
    case 'timestamp':
      return { kind: property.logicalType };
    case 'array': {
      const element = property.items === undefined ? null : resolveType(property.items);
      return element === null ? null : { kind: 'array', element };
    }
    case 'object':
      return structOf(property);
    case undefined:
      return null;
  }
}

function structOf(property: ItemProperty): SparkType | null {
  const fields: StructField[] = [];
  for (const part of property.properties ?? []) {
    const type = resolveType(part);
    if (type === null) return null;
    fields.push({ name: part.name, type });
  }
  return fields.length === 0 ? null : { kind: 'struct', fields };
}

function isFormat(format: unknown): format is Format {
  return typeof format === 'string' && Object.hasOwn(formats, format);
}

/** The logical type that the standard gives to a Spark type. */
export function logicalTypeOf(type: SparkType): LogicalType {
  switch (type.kind) {
    case 'boolean':
    case 'date':
    case 'array':
      return type.kind;
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return 'integer';
    case 'float':
    case 'double':
    case 'decimal':
      return 'number';
    case 'timestamp':
    case 'timestamp_ntz':
      return 'timestamp';
    case 'string':
    case 'binary':
      return 'string';
    case 'map':
    case 'struct':
      return 'object';
  }
}
