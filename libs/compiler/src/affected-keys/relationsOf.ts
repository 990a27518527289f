import { type TableReference, tableReferenceOf } from '../sql/findTableReferences.js';
import { leadingSelect, outputColumn } from '../sql/outputColumns.js';
import { child, children, identifierOf, ofKind, type Tree } from '../sql/tree.js';
import type { CommonTable, Visible } from './commonTables.js';

/** An entry of FROM, with the columns that it offers. */
export interface Relation {
  /** In lower case. */
  readonly alias: string;
  /** In lower case; null: not known. */
  readonly columns: ReadonlySet<string> | null;
  /** No outer join can put nulls in place of its rows. */
  readonly isPreserved: boolean;
  /** A table of the lakehouse, */
  readonly reference: TableReference | null;
  /** or a query: a CTE with its name, or a subquery. */
  readonly query: (CommonTable & { readonly name: string | null }) | null;
}

/** Joins after a relation that leave its rows as they are, or drop some of them. */
const keepsLeft = ['Inner', 'Cross', 'Implicit', 'Left', 'LeftSemi', 'LeftAnti', 'Semi', 'Anti'];
/** Joins that bring a relation in without replacing its rows by nulls. */
const keepsRight = ['Inner', 'Cross', 'Implicit', 'Right'];

/** The relations of a select in their order; null where a join or a relation is of a kind that cannot be followed. */
export function relationsOf(
  select: Tree,
  visible: Visible,
  columnsOf: (reference: TableReference) => readonly string[] | null,
): readonly Relation[] | null {
  const first = children(child(select, 'from') ?? {}, 'expressions').map((tree) => ({ tree, kind: 'Implicit' }));
  const joins = children(select, 'joins');
  if (joins.some((join) => join['deferred_condition'] === true || join['nesting_group'] !== 0)) return null;
  const joined = joins.map((join) => ({ tree: child(join, 'this'), kind: String(join['kind']) }));
  const entries = [...first, ...joined];
  const relations: Relation[] = [];
  for (const [index, { tree, kind }] of entries.entries()) {
    if (!keepsLeft.includes(kind) && kind !== 'Right' && kind !== 'Full') return null;
    const later = entries.slice(index + 1).map((entry) => entry.kind);
    const isPreserved = keepsRight.includes(kind) && later.every((other) => keepsLeft.includes(other));
    const relation = tree && relationOf(tree, isPreserved, visible, columnsOf);
    if (!relation) return null;
    relations.push(relation);
  }
  const aliases = new Set(relations.map((relation) => relation.alias));
  return aliases.size === relations.length ? relations : null;
}

function relationOf(
  tree: Tree,
  isPreserved: boolean,
  visible: Visible,
  columnsOf: (reference: TableReference) => readonly string[] | null,
): Relation | null {
  const table = ofKind(tree, 'table');
  const reference = table && tableReferenceOf(table);
  if (table && reference) {
    if (children(table, 'column_aliases').length > 0 || reference.extra !== null) return null;
    const name = reference.parts.at(-1)?.toLowerCase() ?? '';
    const alias = reference.alias?.toLowerCase() ?? name;
    if (reference.parts.length === 1 && visible.has(name)) {
      const common = visible.get(name) ?? null;
      return (
        common && {
          alias,
          columns: columnsOfQuery(common.tree),
          isPreserved,
          reference: null,
          query: { ...common, name },
        }
      );
    }
    return { alias, columns: lowerCase(columnsOf(reference)), isPreserved, reference, query: null };
  }
  const subquery = ofKind(tree, 'subquery');
  const query = subquery && child(subquery, 'this');
  const alias = identifierOf(subquery?.['alias'])?.name.toLowerCase();
  if (!subquery || !query || alias === undefined || !isPlainSubquery(subquery)) return null;
  return {
    alias,
    columns: columnsOfQuery(query),
    isPreserved,
    reference: null,
    query: { tree: query, visible, name: null },
  };
}

function isPlainSubquery(subquery: Tree): boolean {
  const known = ['this', 'alias', 'alias_explicit_as', 'alias_keyword', 'trailing_comments', 'modifiers_inside'];
  return Object.entries(subquery).every(([field, value]) => {
    return known.includes(field) || value === null || value === false || (Array.isArray(value) && value.length === 0);
  });
}

function columnsOfQuery(query: Tree): ReadonlySet<string> | null {
  const select = leadingSelect(query);
  const names = select ? children(select, 'expressions').map((entry) => outputColumn(entry).name) : [null];
  return names.some((name) => name === null) ? null : lowerCase(names.flatMap((name) => name ?? []));
}

function lowerCase(names: readonly string[] | null): ReadonlySet<string> | null {
  return names && new Set(names.map((name) => name.toLowerCase()));
}
