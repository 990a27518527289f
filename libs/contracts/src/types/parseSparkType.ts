import { plainTypes, type PlainType, type SparkType, type StructField } from './sparkType.js';

const synonyms: ReadonlyMap<string, PlainType> = new Map([
  ...plainTypes.map((name): [string, PlainType] => [name, name]),
  ['byte', 'tinyint'],
  ['short', 'smallint'],
  ['integer', 'int'],
  ['long', 'bigint'],
  ['real', 'float'],
  ['timestamp_ltz', 'timestamp'],
]);

const deepest = 50;

/** Reads a Spark SQL type as it stands in a DDL statement; null where it is none that Delta can store. */
export function parseSparkType(text: string): SparkType | null {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  let next = 0;

  const peek = (): string | undefined => tokens[next];
  const take = (expected: string): boolean => {
    if (tokens[next] !== expected) return false;
    next += 1;
    return true;
  };
  const word = (): string | undefined => tokens[next++];

  function whole(): number | null {
    const token = word();
    return token !== undefined && /^\d{1,3}$/.test(token) ? Number(token) : null;
  }

  function decimal(): SparkType | null {
    if (!take('(')) return { kind: 'decimal', precision: 10, scale: 0 };
    const precision = whole();
    const scale = take(',') ? whole() : 0;
    if (precision === null || scale === null || !take(')')) return null;
    return precision >= 1 && precision <= 38 && scale <= precision ? { kind: 'decimal', precision, scale } : null;
  }

  function sizedText(): SparkType | null {
    const length = take('(') ? whole() : null;
    return length !== null && length > 0 && take(')') ? { kind: 'string' } : null;
  }

  function struct(depth: number): SparkType | null {
    const fields: StructField[] = [];
    if (!take('<')) return null;
    do {
      const name = word();
      if (name === undefined || !/^[^\d<>(),:]/.test(name)) return null;
      take(':');
      const type = parse(depth);
      if (type === null) return null;
      const plain = name.startsWith('`') ? name.slice(1, -1).replaceAll('``', '`') : name;
      if (plain === '' || fields.some((field) => field.name.toLowerCase() === plain.toLowerCase())) return null;
      fields.push({ name: plain, type });
    } while (take(','));
    return take('>') ? { kind: 'struct', fields } : null;
  }

  function parse(depth: number): SparkType | null {
    if (depth > deepest) return null;
    const name = word()?.toLowerCase();
    if (name === undefined) return null;
    const plain = synonyms.get(name);
    if (plain !== undefined) return { kind: plain };
    switch (name) {
      case 'decimal':
      case 'dec':
      case 'numeric':
        return decimal();
      case 'varchar':
      case 'char':
      case 'character':
        return sizedText();
      case 'array': {
        const element = take('<') ? parse(depth + 1) : null;
        return element !== null && take('>') ? { kind: 'array', element } : null;
      }
      case 'map': {
        const key = take('<') ? parse(depth + 1) : null;
        const value = key !== null && take(',') ? parse(depth + 1) : null;
        // Spark has no equality of maps, so a map cannot be the key of another one.
        return key !== null && value !== null && !holdsMap(key) && take('>') ? { kind: 'map', key, value } : null;
      }
      case 'struct':
        return struct(depth + 1);
      default:
        return null;
    }
  }

  const type = parse(0);
  return type !== null && peek() === undefined ? type : null;
}

/** Whether a map is somewhere in the type. */
export function holdsMap(type: SparkType): boolean {
  switch (type.kind) {
    case 'map':
      return true;
    case 'array':
      return holdsMap(type.element);
    case 'struct':
      return type.fields.some((field) => holdsMap(field.type));
    default:
      return false;
  }
}

function tokensOf(text: string): string[] | null {
  const pattern = /\s*(`(?:[^`]|``)+`|[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|\d+|[<>(),:])/y;
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  while (pattern.lastIndex < trimmed.length) {
    const match = pattern.exec(trimmed);
    if (match?.[1] === undefined) return null;
    tokens.push(match[1]);
  }
  return tokens;
}
