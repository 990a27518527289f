import { isRecord } from './readBundle.js';

/** One place in which two values differ; null or `undefined` where a side has nothing there. */
export interface Difference {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Where `after` differs from `before`: the deepest places of maps, in the order of `after`. Null and nothing are alike. */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): readonly Difference[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  return isSame(before, after) ? [] : [{ path, before, after }];
}

function isSame(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    return (
      before.length === after.length && before.every((item, index) => differences(item, after[index]).length === 0)
    );
  }
  return (before ?? null) === (after ?? null);
}
