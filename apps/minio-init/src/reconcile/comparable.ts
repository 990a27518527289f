/**
 * A text that is the same for values that say the same: the order of keys and lists does not count, nor what is absent,
 * empty or false.
 */
export function comparable(value: unknown): string {
  return JSON.stringify(normal(value) ?? null);
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => JSON.stringify(normal(item) ?? null)).sort();
    return items.length === 0 ? undefined : items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([key, item]) => [key, normal(item)] as const)
      .filter(([, item]) => item !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  return value === '' || value === false || value === null ? undefined : value;
}
