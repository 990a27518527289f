import { takesDateUnit } from '../sql/takesDateUnit.js';
import { child, identifierOf, isTree, ofKind, type Tree, visit } from '../sql/tree.js';
import type { Relation } from './relationsOf.js';

/** A place in an expression that reads a column of a relation. */
export interface ColumnUse {
  readonly relation: Relation;
  readonly name: string;
  /** The name without its qualifier, as an SQL identifier. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

/** All columns that an expression reads, each with its relation; null where one cannot be told for certain. */
export function columnUses(expression: Tree, relations: readonly Relation[]): readonly ColumnUse[] | null {
  const uses: (ColumnUse | null)[] = [];
  visit(expression, (node) => {
    const isOpaque = opaque.some((kind) => isTree(node[kind])) || takesDateUnit(node);
    const column = ofKind(node, 'column');
    if (isOpaque) uses.push(null);
    else if (column) uses.push(useOf(column, relations));
    return !isOpaque && !column;
  });
  const certain = uses.filter((use) => use !== null);
  return certain.length === uses.length ? certain : null;
}

/** Expressions in which names mean something else, or that read more than one row. */
const opaque = ['select', 'subquery', 'window_function', 'lambda', 'star', 'exists'];

function useOf(column: Tree, relations: readonly Relation[]): ColumnUse | null {
  const identifier = identifierOf(column['name']);
  if (!identifier || identifier.start < 0) return null;
  const name = identifier.name.toLowerCase();
  const qualifier = identifierOf(column['table']);
  const relation = qualifier
    ? relations.find((candidate) => candidate.alias === qualifier.name.toLowerCase())
    : unqualified(name, relations);
  if (!relation?.columns?.has(name)) return null;
  const isQuoted = child(column, 'name')?.['quoted'] === true;
  return {
    relation,
    name: identifier.name,
    written: isQuoted ? `\`${identifier.name.replaceAll('`', '``')}\`` : identifier.name,
    start: qualifier?.start ?? identifier.start,
    end: identifier.end,
  };
}

/** A name without qualifier belongs to the only relation that has it, provided that all columns of all are known. */
function unqualified(name: string, relations: readonly Relation[]): Relation | undefined {
  if (relations.some((relation) => relation.columns === null)) return undefined;
  const having = relations.filter((relation) => relation.columns?.has(name));
  return having.length === 1 ? having[0] : undefined;
}
