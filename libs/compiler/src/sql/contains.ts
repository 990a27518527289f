import { isTree, visit } from './tree.js';

/** Whether an expression of one of the kinds is somewhere in a value. */
export function contains(value: unknown, ...kinds: readonly string[]): boolean {
  const found: true[] = [];
  visit(value, (node) => {
    if (kinds.some((kind) => isTree(node[kind]))) found.push(true);
    return found.length === 0;
  });
  return found.length > 0;
}
