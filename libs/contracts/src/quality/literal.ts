import { quoteText } from '../sql/quoteText.js';
import type { SparkType } from '../types/sparkType.js';
import type { ListedValue } from './qualityRule.js';

const integerBounds: Readonly<Record<string, bigint>> = {
  tinyint: 2n ** 7n,
  smallint: 2n ** 15n,
  int: 2n ** 31n,
  bigint: 2n ** 63n,
};
const datePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const timestampPattern =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** The value as a Spark SQL literal of the column's type; null where no such value can stand in the column. */
export function literal(value: NonNullable<ListedValue>, type: SparkType): string | null {
  switch (type.kind) {
    case 'string':
      if (typeof value === 'string') return quoteText(value);
      return typeof value === 'number' && Number.isSafeInteger(value) ? quoteText(String(value)) : null;
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return integerLiteral(value, type.kind);
    case 'float':
    case 'double':
    case 'decimal':
      return fractionLiteral(value, type.kind);
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : null;
    case 'date':
      return typeof value === 'string' && datePattern.test(value) && isDay(value) ? `date'${value}'` : null;
    case 'timestamp':
      return typeof value === 'string' && timestampPattern.test(value) && isDay(value) ? `timestamp'${value}'` : null;
    case 'timestamp_ntz':
      return typeof value === 'string' &&
        timestampPattern.test(value) &&
        isDay(value) &&
        !/(Z|[+-]\d{2}:\d{2})$/.test(value.slice(10))
        ? `timestamp_ntz'${value}'`
        : null;
    default:
      return null;
  }
}

function integerLiteral(value: string | number | boolean, kind: string): string | null {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
  if (typeof value === 'boolean' || !/^-?\d{1,19}$/.test(String(value))) return null;
  const whole = BigInt(value);
  const bound = integerBounds[kind] ?? 0n;
  if (whole < -bound || whole >= bound) return null;
  // Spark reads the digits before the sign, and 2^63 is no bigint.
  return whole === -(2n ** 63n) ? "cast('-9223372036854775808' as bigint)" : String(whole);
}

function fractionLiteral(value: string | number | boolean, kind: 'float' | 'double' | 'decimal'): string | null {
  const text = String(value);
  if (typeof value === 'boolean' || !/^-?\d{1,19}(\.\d{1,18})?$/.test(text)) return null;
  if (kind === 'decimal') return `${text}BD`;
  // A float column equals a number only after that number was rounded to a float, too.
  return kind === 'float' ? `cast(${text}D as float)` : `${text}D`;
}

/** Whether the day exists: `2013-02-30` does not. */
function isDay(value: string): boolean {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value.slice(0, 10));
}
