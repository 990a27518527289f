import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, goldTables } from '../gold.js';
import { workspace } from '../lakehouse.js';
import { expectDone, onPlatform } from './platform.js';

interface Status {
  readonly tables: readonly { readonly table: string; readonly version: number }[];
}

function versions(): readonly (readonly [string, number])[] {
  const status = JSON.parse(expectDone('status', '--json')) as Status;
  return status.tables.map(({ table, version }) => [table, version] as const);
}

/** A whole year of flights from three kinds of source, to published gold. */
describe('the flights domain', () => {
  test('is published', () => {
    const output = expectDone('run', 'flights', '--as-of', '2014-01-01T00:00:00Z', '--json');
    const { runs } = JSON.parse(output) as { runs: { result: { status: string } }[] };
    expect(runs.map(({ result }) => result.status)).toEqual(['published']);
  });

  test('has the same rows in gold as embedded', () => {
    const golden = JSON.parse(
      readFileSync(join(workspace, 'apps/lakehouse-e2e/golden/flights.json'), 'utf8'),
    ) as object;
    const found = goldTables.map((table) => {
      const json = expectDone('query', `select * from ${table}`, '--json', '--limit', '1000000');
      return [table, digestOf(json)] as const;
    });
    expect(Object.fromEntries(found)).toEqual(golden);
  });

  test('run again, changes no version', () => {
    const before = versions();
    const again = onPlatform('run', 'flights', '--as-of', '2014-01-01T00:00:00Z');
    expect(again.code).toBe(0);
    expect(again.output + again.messages).toMatch(/nothing new/i);
    expect(versions()).toEqual(before);
  });

  test('is asked in three forms', () => {
    const sql =
      'select carrier, sum(flights) as flights from gold.daily_carrier_punctuality group by carrier order by 2 desc';
    expect(JSON.parse(expectDone('query', sql, '--json', '--limit', '1'))).toEqual([
      { carrier: 'UA', flights: 58_665 },
    ]);
    expect(expectDone('query', sql, '--csv', '--limit', '1')).toBe('carrier,flights\nUA,58665\n');
    expect(expectDone('query', sql)).toMatch(/carrier +flights\n.*UA +58665/);
  });

  test('cannot be changed, nor its inner layers read, over Thrift', () => {
    for (const sql of [
      'drop table gold.fleet_use',
      'select * from bronze.flights',
      'select * from quarantine.flights',
      'select * from csv.`/etc/hostname`',
    ]) {
      expect(onPlatform('query', sql)).toMatchObject({ code: 3, messages: expect.stringContaining('LH3111') });
    }
  });
});
