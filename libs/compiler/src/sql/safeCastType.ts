import { child, isTree, ofKind } from './tree.js';

const timestampFunctions = [
  'from_utc_timestamp',
  'to_utc_timestamp',
  'try_to_timestamp',
  'try_make_timestamp',
  'date_trunc',
  'timestamp_seconds',
];
const dateFunctions = ['try_to_date', 'last_day', 'date_add', 'date_sub', 'add_months', 'trunc'];

/** The type that an expression certainly has whatever its input holds: `double`, `number`, `date`, `timestamp`; else null. */
export function safeCastType(expression: unknown): string | null {
  if (!isTree(expression)) return null;
  const inner = ofKind(expression, 'paren') ?? ofKind(expression, 'neg');
  if (inner) return safeCastType(inner['this']);
  const cast = ofKind(expression, 'try_cast');
  if (cast) return castType(child(cast, 'to')?.['data_type']);
  if (ofKind(expression, 'literal')?.['literal_type'] === 'number') return 'double';
  const [kind = ''] = Object.keys(expression);
  const called = ofKind(expression, 'function')?.['name'];
  const name = (typeof called === 'string' ? called : kind).toLowerCase();
  if (timestampFunctions.includes(name)) return 'timestamp';
  if (dateFunctions.includes(name)) return 'date';
  if (['add', 'sub', 'mul', 'div'].includes(name)) {
    const operation = ofKind(expression, name);
    const sides = [operation?.['left'], operation?.['right']].map(safeCastType);
    return sides.every((side) => side === 'double') ? 'double' : null;
  }
  return null;
}

function castType(type: unknown): string | null {
  if (type === 'double' || type === 'float') return 'double';
  if (type === 'date' || type === 'timestamp') return type;
  return typeof type === 'string' ? 'number' : null;
}
