import { quoteIdentifier } from '../sql/quoteIdentifier.js';
import type { SparkType } from './sparkType.js';

/** The type as Spark's DDL writes it, in lower case and without synonyms. */
export function formatSparkType(type: SparkType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return `array<${formatSparkType(type.element)}>`;
    case 'map':
      return `map<${formatSparkType(type.key)},${formatSparkType(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${fieldName(field.name)}:${formatSparkType(field.type)}`).join(',')}>`;
    default:
      return type.kind;
  }
}

const fieldName = (name: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : quoteIdentifier(name));
