import { quoteIdentifier } from '@lakehouse/contracts';

/** The table that a file speaks of, and the layer in which other gold tables stand beside it. */
export interface Place {
  readonly schema: 'silver' | 'gold' | 'staging';
  readonly table: string;
  /** A candidate is judged together with the candidates of its run, so it sees gold tables in staging. */
  readonly gold: 'gold' | 'staging';
  /** Keys of the tables of the plan. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

const placeholder = /\$\{(table|[a-z_]+\.[A-Za-z0-9_]+)\}/g;
const readable: readonly string[] = ['silver', 'gold', 'ops'];

/** A query of the plan with the names that its tables have in the query server. */
export function resolveQuery(sql: string, place: Place): string {
  return sql.replace(placeholder, (_, name: string) =>
    name === 'table' ? sqlName(place.schema, place.table) : nameOf(name, place),
  );
}

/** How a table of the plan is named in SQL beside the table of `place`. */
export function nameOf(table: string, place: Place): string {
  const [schema = '', name = ''] = table.split('.');
  return sqlName(schema === 'gold' ? place.gold : schema, name);
}

/** Tables of a query that DQOps' user may not see. */
export function unreadable(sql: string): readonly string[] {
  const names = [...sql.matchAll(placeholder)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => name !== 'table' && !readable.includes(name.split('.')[0] ?? '')))];
}

export function sqlName(schema: string, table: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
}
