import { createHash } from 'node:crypto';

/** The published tables of the flights domain. */
export const goldTables = [
  'gold.airport_hours',
  'gold.daily_carrier_punctuality',
  'gold.delay_weather',
  'gold.fleet_use',
  'gold.route_performance',
] as const;

/** The digest of a table from the JSON that `./lakehouse query --json` answers. Sums of fractions agree to nine digits. */
export function digestOf(json: string): { readonly rows: number; readonly digest: string } {
  const rows = (JSON.parse(json) as Record<string, unknown>[]).map((row) => JSON.stringify(row, rounded)).sort();
  return { rows: rows.length, digest: createHash('sha256').update(rows.join('\n')).digest('hex') };
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
}
