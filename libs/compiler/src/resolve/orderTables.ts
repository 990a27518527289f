export interface Ordered {
  /** Each table after all that it needs. */
  readonly order: readonly string[];
  /** Each cycle as a path that ends where it starts. */
  readonly cycles: readonly (readonly string[])[];
}

/** Orders tables by what they need; the names alone decide between orders that are equally good. */
export function orderTables(needs: ReadonlyMap<string, readonly string[]>): Ordered {
  const order: string[] = [];
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const place = (start: string): void => {
    const path: { readonly name: string; readonly pending: string[] }[] = [];
    const open = (name: string): void => {
      state.set(name, 'open');
      path.push({
        name,
        pending: [...(needs.get(name) ?? [])]
          .filter((need) => needs.has(need))
          .sort()
          .reverse(),
      });
    };
    open(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.pending.pop();
      if (next === undefined) {
        state.set(top.name, 'done');
        order.push(top.name);
        path.pop();
      } else if (state.get(next) === 'open') {
        const names = path.map(({ name }) => name);
        cycles.push([...names.slice(names.indexOf(next)), next]);
      } else if (!state.has(next)) {
        open(next);
      }
    }
  };
  for (const name of [...needs.keys()].sort(bySilverFirst)) {
    if (!state.has(name)) place(name);
  }
  return { order, cycles };
}

function bySilverFirst(left: string, right: string): number {
  const rank = Number(right.startsWith('silver.')) - Number(left.startsWith('silver.'));
  return rank !== 0 ? rank : left < right ? -1 : 1;
}
