import * as fc from 'fast-check';
import initSqlJs, { type Database } from 'sql.js';
import { readGoldModel } from '../sql/goldModel.js';
import { init } from '../sql/parser.js';
import { deriveMapping } from './deriveMapping.js';
import { randomModel, tableColumns } from './randomModel.fixture.js';

type Value = number | null;
type Row = readonly Value[];
type Data = Readonly<Record<string, readonly Row[]>>;

let database: Database;

beforeAll(async () => {
  await init();
  const { Database: Sqlite } = await initSqlJs();
  database = new Sqlite();
  for (const table of ['a', 'b', 'c']) database.run(`create table ${table} (k integer, d integer, x integer)`);
});

const value = fc.option(fc.nat({ max: 2 }), { nil: null, freq: 4 });
const row = fc.tuple(value, value, value);
const rows = fc.array(row, { maxLength: 5 });
const data: fc.Arbitrary<Data> = fc.record({ a: rows, b: rows, c: rows });

function load(tables: Data): void {
  for (const [table, content] of Object.entries(tables)) {
    database.run(`delete from ${table}`);
    for (const values of content) database.run(`insert into ${table} values (?, ?, ?)`, [...values]);
  }
}

function query(sql: string): readonly Row[] {
  const [result] = database.exec(sql.replaceAll('silver.', ''));
  return (result?.values ?? []).map((values) => values.map((cell) => (typeof cell === 'number' ? cell : null)));
}

/** The result rows of no affected key, in a comparable order. */
function unaffected(result: readonly Row[], affected: ReadonlySet<string>): readonly string[] {
  return result
    .filter((values) => !affected.has(JSON.stringify(values.slice(0, 1))))
    .map((values) => JSON.stringify(values))
    .sort();
}

function keysOf(expressions: readonly string[], changed: readonly Row[]): ReadonlySet<string> {
  const found = changed.map((values) => {
    const columns = values.map((cell, index) => `${cell ?? 'null'} as ${tableColumns[index]}`).join(', ');
    return JSON.stringify(query(`select ${expressions.join(', ')} from (select ${columns})`)[0]);
  });
  return new Set(found);
}

test('a change of an input touches no rows but those that its mapping names', () => {
  let derived = 0;
  let effective = 0;
  fc.assert(
    fc.property(
      randomModel,
      data,
      fc.nat(),
      fc.option(row),
      fc.boolean(),
      ({ sql }, before, place, replacement, isInsert) => {
        const { model } = readGoldModel({ path: 'gold.t.sql', text: sql });
        if (!model) throw new Error(`cannot be read: ${sql}`);
        const [key] = model.output;
        const mapping = deriveMapping(model, [key?.name ?? ''], () => tableColumns);
        if (!mapping?.reference) return;
        derived += 1;
        const table = mapping.reference.parts[1] ?? '';
        const old = before[table] ?? [];
        const removed = isInsert ? [] : old.slice(place % (old.length + 1)).slice(0, 1);
        const added = replacement === null ? [] : [replacement];
        const kept = old.filter((candidate) => !removed.includes(candidate));
        const affected = keysOf(mapping.expressions, [...removed, ...added]);
        load(before);
        const first = query(sql);
        load({ ...before, [table]: [...kept, ...added] });
        const second = query(sql);
        if (JSON.stringify(first) !== JSON.stringify(second)) effective += 1;
        expect(unaffected(second, affected)).toEqual(unaffected(first, affected));
      },
    ),
    { numRuns: 1000 },
  );
  expect(derived).toBeGreaterThan(100);
  expect(effective).toBeGreaterThan(20);
});
