import { child, children, identifierOf, ofKind, type Tree, visit } from './tree.js';

/** An entry of the select list that decides a query's columns. */
export interface OutputColumn {
  /** Null: the expression has no name. */
  readonly name: string | null;
  readonly isStar: boolean;
  readonly expression: Tree;
  readonly hasAlias: boolean;
  /** Offset of the name, or of something in the expression; -1 where the tree does not tell. */
  readonly offset: number;
  /** End of the entry's text where it has a name. */
  readonly end: number;
}

/** The entries of the outermost select list; of a set operation its first query decides the names. */
export function outputColumns(tree: Tree): readonly OutputColumn[] {
  const select = leadingSelect(tree);
  return select ? children(select, 'expressions').map(outputColumn) : [];
}

/** The inside of the select whose list names the columns of a query. */
export function leadingSelect(tree: Tree): Tree | null {
  const select = ofKind(tree, 'select');
  if (select) return select;
  for (const kind of ['union', 'intersect', 'except']) {
    const left = child(ofKind(tree, kind) ?? {}, 'left');
    if (left) return leadingSelect(left);
  }
  const inner = child(ofKind(tree, 'subquery') ?? ofKind(tree, 'paren') ?? {}, 'this');
  return inner ? leadingSelect(inner) : null;
}

export function outputColumn(entry: Tree): OutputColumn {
  const alias = ofKind(entry, 'alias');
  const name = identifierOf(alias?.['alias'] ?? ofKind(entry, 'column')?.['name'] ?? ofKind(entry, 'dot')?.['field']);
  return {
    name: name?.name ?? null,
    isStar: ofKind(entry, 'star') !== null,
    hasAlias: alias !== null,
    expression: alias ? (child(alias, 'this') ?? entry) : entry,
    offset: name && name.start >= 0 ? name.start : firstOffset(entry),
    end: name?.end ?? -1,
  };
}

/** The least offset of a span in the tree, or -1. */
export function firstOffset(value: unknown): number {
  let least = -1;
  visit(value, (node) => {
    const start = child(node, 'span')?.['start'];
    if (typeof start === 'number' && (least < 0 || start < least)) least = start;
    return true;
  });
  return least;
}
