import { tableReferenceOf } from '../sql/findTableReferences.js';
import type { Statement } from '../sql/parseStatement.js';
import { child, children, identifierOf, type Tree, visit } from '../sql/tree.js';

/** A CTE and what it can see itself. */
export interface CommonTable {
  readonly tree: Tree;
  readonly visible: Visible;
}

/** CTEs by name in lower case; null for one whose columns are renamed. */
export type Visible = ReadonlyMap<string, CommonTable | null>;

/** What the FROM of a select can see; null where the WITH cannot be followed. */
export function withCommonTables(select: Tree, outer: Visible): Visible | null {
  const clause = child(select, 'with');
  if (!clause) return outer;
  if (clause['recursive'] === true) return null;
  let visible = outer;
  for (const cte of children(clause, 'ctes')) {
    const name = identifierOf(cte['alias'])?.name.toLowerCase();
    const tree = child(cte, 'this');
    if (name === undefined || !tree) return null;
    const isRenamed = children(cte, 'columns').length > 0;
    visible = new Map([...visible, [name, isRenamed ? null : { tree, visible }]]);
  }
  return visible;
}

/** How many times a query reads the CTE of this name; one that is read twice is joined with itself. */
export function commonTables(statement: Statement, name: string): number {
  let count = 0;
  visit(statement.tree, (node) => {
    const parts = tableReferenceOf(node)?.parts;
    if (parts?.length === 1 && parts[0]?.toLowerCase() === name) count += 1;
    return true;
  });
  return count;
}
