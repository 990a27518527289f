import type { Plan } from '@lakehouse/plan';

export type LineageNode =
  | { readonly layer: 'source'; readonly id: string; readonly title: string; readonly kind: string }
  | { readonly layer: 'bronze' | 'silver' | 'gold'; readonly id: string; readonly title: string };

export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

function shortName(table: string): string {
  return table.replace(/^[^.]+\./, '');
}

/** Sources, tables and what flows between them, of one domain and of what it reads from others. */
export function lineageGraph(plan: Plan, domain: string): LineageGraph {
  const own = plan.tables.filter((table) => table.domain === domain);
  const inputs = new Set(own.flatMap((table) => (table.layer === 'gold' ? table.inputs : [])));
  const tables = plan.tables.filter((table) => table.domain === domain || inputs.has(table.name));
  const sources = plan.sources.filter((source) => source.domain === domain);
  const origins = new Set([
    ...sources.map(({ table }) => table),
    ...own.flatMap((table) => (table.layer === 'silver' ? [table.origin] : [])),
  ]);
  return {
    nodes: [
      ...sources.map(({ name, kind }) => ({ id: `source/${name}`, layer: 'source' as const, title: name, kind })),
      ...[...origins].map((name) => ({ id: name, layer: 'bronze' as const, title: shortName(name) })),
      ...tables.map(({ name, layer }) => ({ id: name, layer, title: shortName(name) })),
    ],
    edges: [
      ...sources.map(({ name, table }) => ({ from: `source/${name}`, to: table })),
      ...own.flatMap((table) =>
        (table.layer === 'gold' ? table.inputs : [table.origin]).map((from) => ({ from, to: table.name })),
      ),
    ],
  };
}
