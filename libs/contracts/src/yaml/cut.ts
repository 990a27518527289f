import type { Path } from '../position.js';
import type { YamlChild, YamlDocument, YamlNode } from './document.js';

interface Part {
  readonly value: unknown;
  readonly node: YamlNode;
}

/** The document without the nodes at the given paths; what is left keeps its positions. */
export function cut(document: YamlDocument, paths: readonly Path[]): YamlDocument {
  const { value, node } = without({ value: document.value, node: document.root }, paths);
  return { ...document, value, root: node };
}

function without({ value, node }: Part, paths: readonly Path[]): Part {
  if (paths.length === 0 || typeof value !== 'object' || value === null) return { value, node };
  const children = new Map<string | number, YamlChild>();
  const keep = (step: string | number, key: string | number, part: unknown): Part | null => {
    const below = paths.filter(([first]) => first === step).map((path) => path.slice(1));
    const child = node.children.get(step);
    if (child === undefined || below.some((path) => path.length === 0)) return null;
    const kept = without({ value: part, node: child.node }, below);
    children.set(key, { keyStart: child.keyStart, node: kept.node });
    return kept;
  };
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [index, item] of value.entries()) {
      const kept = keep(index, items.length, item);
      if (kept !== null) items.push(kept.value);
    }
    return { value: items, node: { start: node.start, children } };
  }
  const entries: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const kept = keep(key, key, part);
    if (kept !== null) entries[key] = kept.value;
  }
  return { value: entries, node: { start: node.start, children } };
}
