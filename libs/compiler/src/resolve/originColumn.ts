import { quoteIdentifier } from '@lakehouse/contracts';

/** The SQL of a column of a named relation, quoted where it has to be. */
export function originColumn(alias: string, column: string): string {
  return `${alias}.${/^[A-Za-z_][A-Za-z0-9_]*$/.test(column) ? column : quoteIdentifier(column)}`;
}
