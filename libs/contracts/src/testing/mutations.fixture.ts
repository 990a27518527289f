import * as fc from 'fast-check';
import type { Path } from '../position.js';

/** The paths of all nodes of a JSON value, the root first. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const parts: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...parts.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

export function valueAt(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(step)], rest);
  return typeof value === 'object' && value !== null
    ? valueAt(new Map(Object.entries(value)).get(String(step)), rest)
    : undefined;
}

/** The value with the node at `path` replaced by what `change` makes of its parent. */
function changeParent(
  root: unknown,
  path: Path,
  change: (entries: [string | number, unknown][], index: number) => [string | number, unknown][],
): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof root !== 'object' || root === null) return root;
  const entries: [string | number, unknown][] = Array.isArray(root) ? [...root.entries()] : Object.entries(root);
  const index = entries.findIndex(([key]) => key === step);
  const changed =
    rest.length === 0
      ? change(entries, index)
      : entries.map(([key, part]): [string | number, unknown] => [
          key,
          key === step ? changeParent(part, rest, change) : part,
        ]);
  return Array.isArray(root) ? changed.map(([, part]) => part) : Object.fromEntries(changed);
}

/** Without names that objects inherit, such as toString: ajv takes those for keys that a schema knows. */
const words = [
  'name',
  'type',
  'metric',
  'query',
  'mustBe',
  'mustBeLessThan',
  'items',
  'properties',
  'from',
  'to',
  'logicalType',
  'logicalTypeOptions',
  'format',
  'location',
  'port',
  'value',
  'quality',
  'engine',
  'x',
];
const texts = [
  '',
  'x',
  'string',
  'integer',
  'object',
  'array',
  'date',
  'sql',
  'text',
  'custom',
  'library',
  'rowCount',
  'v3.0.0',
  'a.b',
  'a/b',
  'a b',
  'schema/a/properties/b',
  'f.yaml#schema/a',
  's3://b',
  'sftp://h/p',
  'not a uri',
  '2024-02-30',
  '2024-02-29',
  '2024-01-01T00:00:00Z',
  'kafka',
  's3',
  'mysql',
];
const odd = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom(null, true, false, 0, 1, -1, 0.5, 1e6),
  fc.constantFrom([], {}, [1, 2], [2, 2], ['a'], ['a.b'], { a: 1 }, [[]], [{}]),
);

/** A change anywhere in a JSON value: a key dropped, renamed, retyped or added, an item repeated, a part put elsewhere. */
export function mutation(root: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(root).slice(1);
  const anywhere = fc.constantFrom(...paths);
  return fc.oneof(
    anywhere.map((path) => changeParent(root, path, (entries, index) => entries.toSpliced(index, 1))),
    fc
      .tuple(anywhere, fc.constantFrom(...words))
      .map(([path, word]) =>
        changeParent(root, path, (entries, index) => entries.with(index, [word, entries[index]?.[1]])),
      ),
    fc
      .tuple(anywhere, odd)
      .map(([path, value]) =>
        changeParent(root, path, (entries, index) => entries.with(index, [entries[index]?.[0] ?? 0, value])),
      ),
    fc
      .tuple(anywhere, fc.constantFrom(...words), odd)
      .map(([path, word, value]) => changeParent(root, path, (entries) => [...entries, [word, value]])),
    fc
      .tuple(anywhere, anywhere)
      .map(([path, other]) =>
        changeParent(root, path, (entries, index) =>
          entries.with(index, [entries[index]?.[0] ?? 0, valueAt(root, other)]),
        ),
      ),
  );
}

/** Up to three changes, one after the other. */
export function mutations(root: unknown): fc.Arbitrary<unknown> {
  return fc.integer({ min: 1, max: 3 }).chain((count) => {
    let changed = mutation(root);
    for (let done = 1; done < count; done += 1)
      changed = changed.chain((value) =>
        typeof value === 'object' && value !== null && pathsOf(value).length > 1 ? mutation(value) : fc.constant(value),
      );
    return changed;
  });
}
