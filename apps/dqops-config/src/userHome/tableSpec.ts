import { type CheckType, type Slot } from './slot.js';

interface Parts {
  readonly head: object;
  readonly columns: readonly { readonly name: string; readonly spec: object }[];
}

/** The content of a table's file: its own settings, and every check at its place. */
export function tableSpec(slots: readonly Slot[], { head, columns }: Parts): object {
  const at = (column: string | null): object => {
    const own = slots.filter((slot) => slot.column === column);
    const profiling = categories(own, 'profiling');
    const daily = categories(own, 'daily');
    // Else one result a month is kept, and a gate would read that of an earlier run. It holds for columns too.
    const kept = { result_truncation: 'store_all_results_without_date_truncation' };
    return {
      ...(column === null
        ? { profiling_checks: { ...kept, ...profiling } }
        : unlessEmpty('profiling_checks', profiling)),
      ...(Object.keys(daily).length === 0 ? {} : { monitoring_checks: { daily } }),
    };
  };
  const gate = slots.filter(({ type }) => type === 'profiling').length;
  return {
    ...head,
    // Everyone may edit the server's files: the gate wants as many checks as were written here.
    advanced_properties: { gate_checks: String(gate) },
    ...at(null),
    columns: Object.fromEntries(columns.map(({ name, spec }) => [name, { ...spec, ...at(name) }])),
  };
}

type Tree = { [key: string]: Tree | object };

/** Checks by category; a category such as `comparisons/rows_of_silver` has a level more. */
function categories(slots: readonly Slot[], type: CheckType): object {
  const root: Tree = {};
  for (const slot of slots.filter((each) => each.type === type)) {
    let node: Tree = root;
    for (const part of slot.category.split('/')) node = (node[part] ??= {}) as Tree;
    node[slot.name] = slot.body;
  }
  return root;
}

function unlessEmpty(name: string, value: object): object {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}
