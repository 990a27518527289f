import { codePointOffsets } from '../text/codePointOffsets.js';

/** A node of the parser's tree: plain JSON in which `{ kind: {…} }` is an expression of that kind. */
export type Tree = Readonly<Record<string, unknown>>;

export interface Identifier {
  readonly name: string;
  /** Offsets in the text that was parsed. */
  readonly start: number;
  readonly end: number;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field where it holds a node. */
export function child(node: Tree, field: string): Tree | null {
  const value = node[field];
  return isTree(value) ? value : null;
}

/** The nodes in a field that holds a list. */
export function children(node: Tree, field: string): readonly Tree[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isTree) : [];
}

/** The inside of an expression of the given kind; null for any other. */
export function ofKind(value: unknown, kind: string): Tree | null {
  return isTree(value) ? child(value, kind) : null;
}

export function identifierOf(value: unknown): Identifier | null {
  if (!isTree(value) || typeof value['name'] !== 'string') return null;
  const span = child(value, 'span');
  const start = span?.['start'];
  const end = span?.['end'];
  return {
    name: value['name'],
    start: typeof start === 'number' ? start : -1,
    end: typeof end === 'number' ? end : -1,
  };
}

/** Visits a value and all below it, parents first; where `enter` returns false, not what is below. */
export function visit(value: unknown, enter: (node: Tree) => boolean): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, enter);
  } else if (isTree(value) && enter(value)) {
    for (const key in value) {
      const field = value[key];
      if (typeof field === 'object' && field !== null && key !== 'span') visit(field, enter);
    }
  }
}

/** The same tree with spans that are offsets in `text`. */
export function inStringOffsets(tree: unknown, text: string): unknown {
  if (!/[\ud800-\udfff]/.test(text)) return tree;
  const toOffset = codePointOffsets(text);
  const convert = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(convert);
    if (!isTree(value)) return value;
    const converted = Object.fromEntries(Object.entries(value).map(([key, field]) => [key, convert(field)]));
    const { start, end } = value;
    return typeof start === 'number' && typeof end === 'number'
      ? { ...converted, start: toOffset(start), end: toOffset(end) }
      : converted;
  };
  return convert(tree);
}
