import { ofKind, type Tree } from './tree.js';

const functions = ['timestampadd', 'timestampdiff', 'date_add', 'dateadd', 'date_diff', 'datediff'];

/** Whether a node is a call like `timestampdiff(hour, a, b)`, whose first argument the parser takes for a column. */
export function takesDateUnit(node: Tree): boolean {
  const call = ofKind(node, 'function');
  const name = call?.['name'];
  const values = call?.['args'];
  return (
    typeof name === 'string' && functions.includes(name.toLowerCase()) && Array.isArray(values) && values.length === 3
  );
}
