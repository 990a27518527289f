import type { CST } from 'yaml';

/** How deep lists and maps are nested in the syntax tree, found without recursion: the tree may be deeper than the stack. */
export function depth(tokens: readonly CST.Token[]): number {
  let deepest = 0;
  const open = tokens.map((token) => ({ token, level: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, level } = next;
    deepest = Math.max(deepest, level);
    const parts: (CST.Token | null | undefined)[] = [];
    if (token.type === 'document') parts.push(token.value);
    else if ('items' in token) for (const item of token.items) parts.push(item.key, item.value);
    for (const part of parts) if (part !== null && part !== undefined) open.push({ token: part, level: level + 1 });
  }
  return deepest;
}
