import type { GoldTable, OpsTable, Plan } from '@lakehouse/plan';

/** A table that dashboards can show. */
export type ShownTable = GoldTable | OpsTable;

/** The published tables of a plan, in its order, and those that record how that went. */
export function shownTables(plan: Plan): readonly ShownTable[] {
  return [...plan.tables.filter((table) => table.layer === 'gold'), ...plan.opsTables];
}
