import type { Path, Position } from '../position.js';
import type { YamlDocument, YamlNode } from './document.js';
import { positionAt } from './positionAt.js';

/**
 * Where the node at `path` starts. A path that leads beyond the file ends at the last node that exists,
 * so a missing key is reported where it would have to be added.
 * @param of - `key`: the start of the last key instead of its value
 */
export function positionOf(document: YamlDocument, path: Path, of: 'value' | 'key' = 'value'): Position {
  let node: YamlNode = document.root;
  let start = node.start;
  for (const [index, step] of path.entries()) {
    const child = node.children.get(step);
    if (child === undefined) break;
    start = of === 'key' && index === path.length - 1 ? child.keyStart : child.node.start;
    node = child.node;
  }
  return positionAt(document.lineStarts, start);
}
