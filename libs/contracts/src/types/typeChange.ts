import { isIntegral, type SparkType } from './sparkType.js';

/** `widened`: every value of the old type has the same meaning in the new one. */
export type TypeChange = 'same' | 'widened' | 'changed';

const widths = ['tinyint', 'smallint', 'int', 'bigint'];
const integerDigits: Readonly<Record<string, number>> = { tinyint: 3, smallint: 5, int: 10, bigint: 19 };

/** What a reader of `before` meets when the column becomes `after`. */
export function typeChange(before: SparkType, after: SparkType): TypeChange {
  if (isIntegral(before) && isIntegral(after)) {
    const step = widths.indexOf(after.kind) - widths.indexOf(before.kind);
    return step === 0 ? 'same' : step > 0 ? 'widened' : 'changed';
  }
  if (before.kind === 'float' && after.kind === 'double') return 'widened';
  if (after.kind === 'decimal' && before.kind === 'decimal') {
    if (after.precision === before.precision && after.scale === before.scale) return 'same';
    const whole = after.precision - after.scale >= before.precision - before.scale;
    return whole && after.scale >= before.scale ? 'widened' : 'changed';
  }
  if (after.kind === 'decimal' && isIntegral(before)) {
    return after.precision - after.scale >= (integerDigits[before.kind] ?? 38) ? 'widened' : 'changed';
  }
  if (before.kind === 'array' && after.kind === 'array') return typeChange(before.element, after.element);
  if (before.kind === 'map' && after.kind === 'map') {
    return worst([typeChange(before.key, after.key), typeChange(before.value, after.value)]);
  }
  if (before.kind === 'struct' && after.kind === 'struct') {
    const fields = new Map(after.fields.map((field) => [field.name, field.type]));
    const kept = before.fields.map((field): TypeChange => {
      const type = fields.get(field.name);
      return type === undefined ? 'changed' : typeChange(field.type, type);
    });
    const moved = before.fields.some((field, index) => after.fields[index]?.name !== field.name);
    return worst([...kept, moved || after.fields.length > before.fields.length ? 'widened' : 'same']);
  }
  return before.kind === after.kind ? 'same' : 'changed';
}

function worst(changes: readonly TypeChange[]): TypeChange {
  if (changes.includes('changed')) return 'changed';
  return changes.includes('widened') ? 'widened' : 'same';
}
