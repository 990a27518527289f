import { isAlias, isMap, isScalar, isSeq, type Document, type Node } from 'yaml';
import type { YamlChild, YamlNode } from './document.js';

/** Aliases multiply what a file holds; beyond this many nodes a file is refused. */
const mostNodes = 200_000;

/** Levels of lists and maps. Whatever reads the values later is recursive. */
export const deepest = 100;

export interface Converted {
  readonly value: unknown;
  readonly node: YamlNode;
}

export interface ConversionFault {
  readonly code: 'LH1003' | 'LH1005' | 'LH1006';
  readonly start: number;
  readonly message: string;
  readonly fix: string;
}

const leaf = (start: number, value: unknown): Converted => ({ value, node: { start, children: new Map() } });

/** Turns a parsed YAML tree into plain JSON values and their places. Everything that JSON cannot say becomes a fault. */
export function convert(document: Document, faults: ConversionFault[]): Converted {
  const open = new Set<Node>();
  const anchors = new Map<string, Node>();
  let nodes = 0;
  let insideAlias = false;

  function keyText(key: unknown, start: number): string | null {
    if (isScalar(key) && typeof key.value === 'string') {
      if (key.value === '__proto__')
        return fault(start, 'LH1003', 'The key `__proto__` cannot be used.', 'Choose another name.');
      if (key.value === '<<' && key.type === 'PLAIN') {
        return fault(start, 'LH1003', 'The merge key `<<` is not part of YAML 1.2.', 'Write the merged keys out.');
      }
      return key.value;
    }
    if (isScalar(key) && ['number', 'boolean'].includes(typeof key.value)) return String(key.value);
    return fault(start, 'LH1003', 'A key has to be a text.', 'Write the key as a plain word or in quotes.');
  }

  function fault(start: number, code: ConversionFault['code'], message: string, fix: string): null {
    faults.push({ code, start, message, fix });
    return null;
  }

  function scalar(value: unknown, start: number): Converted {
    if (typeof value === 'bigint') return leaf(start, Number(value));
    if (typeof value === 'number' && !Number.isFinite(value)) {
      fault(start, 'LH1003', 'Infinity and NaN are not numbers of a contract.', 'Write a finite number.');
      return leaf(start, null);
    }
    if (value === null || value === undefined) return leaf(start, null);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return leaf(start, value);
    fault(start, 'LH1003', 'This value is of a kind that JSON does not know.', 'Put it in quotes and remove its tag.');
    return leaf(start, null);
  }

  function visit(node: Node | null, fallback: number): Converted {
    const start = node?.range?.[0] ?? fallback;
    nodes += 1;
    if (nodes > mostNodes) {
      if (nodes === mostNodes + 1) {
        fault(
          start,
          'LH1005',
          `The file has more than ${mostNodes} nodes once its aliases are resolved.`,
          'Use fewer aliases.',
        );
      }
      return leaf(start, null);
    }
    if (node === null) return leaf(start, null);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target === undefined || open.has(target)) {
        const reason = target === undefined ? 'has no anchor before it' : 'stands inside its own anchor';
        fault(
          start,
          'LH1005',
          `The alias \`*${node.source}\` ${reason}.`,
          `Add \`&${node.source}\` to an earlier value, or write the value out.`,
        );
        return leaf(start, null);
      }
      const outer = insideAlias;
      insideAlias = true;
      const converted = visit(target, start);
      insideAlias = outer;
      return converted;
    }
    if (!insideAlias && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) return scalar(node.value, start);
    if (open.size >= deepest) {
      fault(
        start,
        'LH1006',
        `The file is nested more than ${deepest} levels deep once its aliases are resolved.`,
        'Use fewer levels.',
      );
      return leaf(start, null);
    }
    open.add(node);
    const children = new Map<string | number, YamlChild>();
    let value: unknown = null;
    if (isSeq<Node | null>(node)) {
      value = node.items.map((item, index) => {
        const converted = visit(item, start);
        children.set(index, { keyStart: converted.node.start, node: converted.node });
        return converted.value;
      });
    } else if (isMap<Node | null, Node | null>(node)) {
      const entries: Record<string, unknown> = {};
      for (const pair of node.items) {
        const keyStart = pair.key?.range?.[0] ?? start;
        const key = keyText(pair.key, keyStart);
        const converted = visit(pair.value, keyStart);
        if (key === null) continue;
        entries[key] = converted.value;
        children.set(key, { keyStart, node: converted.node });
      }
      value = entries;
    }
    open.delete(node);
    return { value, node: { start, children } };
  }

  return visit(document.contents, 0);
}
