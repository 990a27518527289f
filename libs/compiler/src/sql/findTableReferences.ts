import type { Statement } from './parseStatement.js';
import { child, children, identifierOf, isTree, type Tree } from './tree.js';

/** A place where a query names a table that is not one of its CTEs. */
export interface TableReference {
  /** As written, without quotes: `['silver', 'flights']`. */
  readonly parts: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly alias: string | null;
  /** What stands behind the name and makes the answer depend on more than the table's rows. */
  readonly extra: 'a version' | 'a sample' | null;
}

/** All tables that a query reads, in the order of the text; CTE names are resolved by their scope. */
export function findTableReferences(statement: Statement): readonly TableReference[] {
  const references: TableReference[] = [];
  collect(statement.tree, new Set(), references);
  return references.sort((left, right) => left.start - right.start);
}

function collect(value: unknown, visible: ReadonlySet<string>, references: TableReference[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, visible, references);
    return;
  }
  if (!isTree(value)) return;
  const reference = tableReferenceOf(value);
  if (reference && !(reference.parts.length === 1 && visible.has(reference.parts[0]?.toLowerCase() ?? ''))) {
    references.push(reference);
  }
  const clause = child(value, 'with');
  const scope = clause ? collectCommonTables(clause, visible, references) : visible;
  for (const key in value) {
    const field = value[key];
    if (key !== 'with' && typeof field === 'object' && field !== null) collect(field, scope, references);
  }
}

/** Collects from the CTEs of a WITH; each sees those before it. Returns what the query below the WITH sees. */
function collectCommonTables(
  clause: Tree,
  visible: ReadonlySet<string>,
  references: TableReference[],
): ReadonlySet<string> {
  const scope = new Set(visible);
  for (const cte of children(clause, 'ctes')) {
    const name = identifierOf(cte['alias'])?.name.toLowerCase();
    if (name !== undefined && clause['recursive'] === true) scope.add(name);
    collect(cte['this'], scope, references);
    if (name !== undefined) scope.add(name);
  }
  return scope;
}

/** The inside of a table node read as a reference; null for any other node. */
export function tableReferenceOf(node: Tree): TableReference | null {
  if (!('catalog' in node) || !('schema' in node)) return null;
  const identifiers = [node['catalog'], node['schema'], node['name']].flatMap((part) => identifierOf(part) ?? []);
  const [first] = identifiers;
  const last = identifiers.at(-1);
  if (!first || !last) return null;
  return {
    parts: identifiers.map((identifier) => identifier.name),
    start: first.start,
    end: last.end,
    alias: identifierOf(node['alias'])?.name ?? null,
    extra: isTree(node['version']) ? 'a version' : isTree(node['table_sample']) ? 'a sample' : null,
  };
}
