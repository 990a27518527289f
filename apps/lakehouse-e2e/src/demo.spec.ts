import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, goldTables } from './gold.js';
import { lakehouse, workspace } from './lakehouse.js';

const minutes = 60_000;
const home = mkdtempSync(join(tmpdir(), 'lakehouse-e2e-'));

afterAll(() => {
  lakehouse(home, 'down');
  rmSync(home, { recursive: true, force: true });
});

interface Faults {
  readonly trueFlights: number;
  readonly injected: Readonly<Record<string, number>>;
}

interface Quarantine {
  readonly table: string;
  readonly open: number;
  readonly waiting: number;
}

function rows(sql: string): unknown {
  const answer = lakehouse(home, 'query', sql, '--json');
  expect(answer.messages).not.toContain('error');
  return JSON.parse(answer.output);
}

test(
  'the demo publishes every flight, quarantines every fault, and writes its report',
  () => {
    const demo = lakehouse(home, 'demo');
    expect({ code: demo.code, messages: demo.code === 0 ? '' : demo.messages }).toEqual({ code: 0, messages: '' });
    const faults: Faults = JSON.parse(readFileSync(join(home, 'sources/faults.json'), 'utf8'));
    expect(faults.trueFlights).toBe(336_776);
    expect(
      rows(
        'select count(*) as flights, (select sum(flights) from gold.daily_carrier_punctuality) as published from silver.flights',
      ),
    ).toEqual([{ flights: 336_776, published: 336_776 }]);

    const { injected } = faults;
    const listed: { readonly tables: readonly Quarantine[] } = JSON.parse(
      lakehouse(home, 'quarantine', 'list', '--json').output,
    );
    const flights = listed.tables.find(({ table }) => table === 'silver.flights');
    const rejected = ['null', 'type', 'comma', 'truncatedFiles'].map((kind) => injected[kind] ?? NaN);
    expect(flights?.open).toBe(rejected.reduce((sum, count) => sum + count));
    expect(flights?.waiting).toBe(injected['carrier']);

    const report = join(home, 'reports/flights.html');
    expect(demo.output + demo.messages).toContain('flights.html');
    expect(existsSync(report)).toBe(true);
    expect(readFileSync(report, 'utf8')).toContain('336,776');
  },
  20 * minutes,
);

test(
  'gold is what it has always been of this data, asked of a Spark that stays',
  () => {
    process.env['LAKEHOUSE_WARM'] = '5';
    const golden = join(workspace, 'apps/lakehouse-e2e/golden/flights.json');
    const found = goldTables.map((table) => [
      table,
      digestOf(lakehouse(home, 'query', `select * from ${table}`, '--json', '--limit', '1000000').output),
    ]);
    expect(Object.fromEntries(found)).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  },
  5 * minutes,
);

test(
  'a second demo finds nothing new and changes no version',
  () => {
    const before = lakehouse(home, 'status', '--json').output;
    const again = lakehouse(home, 'demo');
    expect(again.code).toBe(0);
    expect(again.output + again.messages).toMatch(/nothing new/i);
    const versions = (text: string) =>
      (JSON.parse(text) as { tables: { table: string; version: number }[] }).tables.map(({ table, version }) => [
        table,
        version,
      ]);
    expect(versions(lakehouse(home, 'status', '--json').output)).toEqual(versions(before));
  },
  5 * minutes,
);

test(
  'a backfill of two months leaves every table of the demo as it was',
  () => {
    const golden = join(workspace, 'apps/lakehouse-e2e/golden/flights.json');
    const words = ['--from', '2013-02-01', '--to', '2013-03-31', '--as-of', '2014-01-01T00:00:00Z', '--json'];
    const answer = lakehouse(home, 'backfill', 'flights', ...words);
    expect({ code: answer.code, messages: answer.code === 0 ? '' : answer.messages }).toEqual({
      code: 0,
      messages: '',
    });
    const { result }: { result: { status: string; intervals: { table: string; from: string }[] } } = JSON.parse(
      answer.output,
    );
    expect(result.status).toBe('published');
    const flights = result.intervals.filter(({ table }) => table === 'silver.flights').map(({ from }) => from);
    expect(new Set(flights)).toEqual(new Set(['2013-01-01', '2013-02-01', '2013-03-01']));
    const found = goldTables.map((table) => [
      table,
      digestOf(lakehouse(home, 'query', `select * from ${table}`, '--json', '--limit', '1000000').output),
    ]);
    expect(Object.fromEntries(found)).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
    expect(rows('select count(*) as flights from silver.flights')).toEqual([{ flights: 336_776 }]);
  },
  10 * minutes,
);

test('a wrong command ends with 2 and says what there is', () => {
  const wrong = lakehouse(home, 'rum');
  expect(wrong.code).toBe(2);
  expect(wrong.messages).toContain('run');
});
