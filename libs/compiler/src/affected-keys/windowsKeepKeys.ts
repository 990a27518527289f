import { child, children, isTree, type Tree, visit } from '../sql/tree.js';

/** Whether every window function of a select looks at rows of one key only: its partitions are by all key expressions. */
export function windowsKeepKeys(select: Tree, keys: readonly Tree[]): boolean {
  const wanted = keys.map(canonical);
  let keeps = true;
  for (const field of ['expressions', 'where_clause', 'group_by', 'having', 'order_by']) {
    visit(select[field], (node) => {
      const window = child(node, 'window_function');
      if (!window) return true;
      const over = child(window, 'over');
      const partitions = over && !isTree(over['window_name']) ? children(over, 'partition_by').map(canonical) : [];
      keeps &&= wanted.every((key) => partitions.includes(key));
      return true;
    });
  }
  return keeps;
}

const incidental = ['span', 'quoted', 'trailing_comments', 'leading_comments', 'inferred_type'];

/** The same text for expressions that differ in place, case of names and comments only. */
function canonical(expression: unknown): string {
  return JSON.stringify(expression, (key: string, value: unknown) => {
    if (incidental.includes(key)) return undefined;
    return key === 'name' && typeof value === 'string' ? value.toLowerCase() : value;
  });
}
