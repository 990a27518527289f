import { readGoldModel } from '../sql/goldModel.js';
import { init } from '../sql/parser.js';
import { deriveMapping } from './deriveMapping.js';

beforeAll(init);

const columns: Readonly<Record<string, readonly string[]>> = {
  'silver.f': ['carrier', 'day', 'time', 'parts', 'my col'],
  'silver.a': ['carrier', 'name'],
  'silver.w': ['time', 'wind'],
};

function derived(sql: string, ...keys: string[]) {
  const { model } = readGoldModel({ path: 'gold.t.sql', text: sql });
  if (!model) throw new Error('cannot be read');
  const mapping = deriveMapping(
    model,
    keys.length > 0 ? keys : ['day'],
    ({ parts }) => columns[parts.join('.')] ?? null,
  );
  return mapping && `${mapping.reference?.parts.join('.')}: ${mapping.expressions.join(', ')}`;
}

test.each([
  ['select f.day, count(*) as n from silver.f f group by f.day', 'silver.f: day'],
  ['select day, count(*) as n from silver.f group by all', 'silver.f: day'],
  ['select distinct f.day from silver.f f where f.carrier = 1 order by 1', 'silver.f: day'],
  ["select date_trunc('month', f.time) /* UTC */ as day from silver.f f", "silver.f: date_trunc('month', time)"],
  ['select f.day, a.name from silver.f f left join silver.a a on a.carrier = f.carrier', 'silver.f: day'],
  ['select f.day, a.name from silver.a a right join silver.f f on a.carrier = f.carrier', 'silver.f: day'],
  ['select day, name from silver.f f join silver.a a on a.carrier = f.carrier', 'silver.f: day'],
  ['select f.`my col` as day from silver.f f', 'silver.f: `my col`'],
  ['with c as (select f.time as t from silver.f f) select date(c.t) as day from c', 'silver.f: date(time)'],
  ['with c as (select f.day || 1 as t from silver.f f) select upper(c.t) as day from c', 'silver.f: upper((day || 1))'],
  ['select x.t as day from (select day as t, count(*) as n from silver.f group by day) x', 'silver.f: day'],
  [
    'select f.day, row_number() over (partition by f.day, f.carrier order by f.time) as n from silver.f f',
    'silver.f: day',
  ],
  ['select f.day, f.carrier in (select carrier from silver.a) as b from silver.f f', 'silver.f: day'],
])('%s has %s', (sql, expected) => {
  expect(derived(sql)).toBe(expected);
});

test('several key columns of one input', () => {
  expect(derived('select f.day, f.carrier as c, count(*) as n from silver.f f group by 1, 2', 'c', 'DAY')).toBe(
    'silver.f: carrier, day',
  );
});

test.each([
  [
    'the null-supplying side of a left join',
    'select f.day from silver.a a left join silver.f f on a.carrier = f.carrier',
  ],
  [
    'the null-supplying side of a right join',
    'select f.day from silver.f f right join silver.a a on a.carrier = f.carrier',
  ],
  ['a full join', 'select f.day from silver.f f full join silver.a a on a.carrier = f.carrier'],
  ['a full join further on', 'select f.day from silver.f f join silver.a a on true full join silver.w w on true'],
  ['a natural join', 'select f.day from silver.f f natural join silver.a'],
  ['a union', 'select day from silver.f union all select name as day from silver.a'],
  ['a self-join', 'select f.day from silver.f f join silver.f g on g.carrier = f.carrier'],
  ['the same input in a subquery', 'select f.day from silver.f f where f.time > (select avg(time) from silver.f)'],
  [
    'the same input in another CTE',
    'with m as (select max(time) as t from silver.f) select f.day, m.t from silver.f f cross join m',
  ],
  ['a CTE read twice', 'with c as (select day, time from silver.f) select c.day from c join c d on d.time = c.time'],
  [
    'a CTE read again in a subquery',
    'with c as (select day from silver.f) select c.day from c where c.day > (select min(day) from c)',
  ],
  [
    'a window over other rows',
    'select f.day, lag(f.time) over (partition by f.carrier order by f.time) as t from silver.f f',
  ],
  ['a window over everything', 'select f.day, sum(f.time) over () as t from silver.f f'],
  ['a named window', 'select f.day, sum(f.time) over w as t from silver.f f window w as (partition by f.day)'],
  ['a window in a CTE', 'with c as (select day, rank() over (order by time) as r from silver.f) select day, r from c'],
  [
    'a window in ORDER BY of a CTE',
    'with c as (select day from silver.f qualify rank() over (order by time) < 3) select day from c',
  ],
  ['a limit', 'select day from silver.f order by day limit 3'],
  ['a limit in a CTE', 'with c as (select day from silver.f limit 3) select day from c'],
  ['an offset', 'select day from silver.f order by day offset 3'],
  ['a rollup', 'select day, count(*) as n from silver.f group by rollup (day)'],
  ['grouping sets', 'select day, count(*) as n from silver.f group by grouping sets ((day), ())'],
  ['a cube', 'select day, count(*) as n from silver.f group by day with cube'],
  ['an aggregate as key', 'select max(day) as day from silver.f'],
  ['a window function as key', 'select first_value(day) over (order by time) as day from silver.f'],
  ['a generator as key', 'select explode(parts) as day from silver.f'],
  ['a subquery as key', 'select (select max(name) from silver.a) as day from silver.f'],
  ['a lambda in the key', 'select transform(parts, day -> day + 1) as day from silver.f'],
  ['a key of two inputs', 'select coalesce(f.day, a.name) as day from silver.f f join silver.a a on true'],
  ['a literal as key', "select 'x' as day, f.carrier from silver.f f"],
  ['a column of two tables', 'select carrier as day from silver.f f join silver.a a using (carrier)'],
  ['a column of an unknown table', 'select day from silver.f f join silver.other o on true'],
  ['a column that the table lacks', 'select f.dya as day from silver.f f'],
  ['a lateral column alias', 'select f.time as dya, dya as day from silver.f f'],
  ['a field of a struct', 'select parts.day as day from silver.f'],
  ['renamed columns', 'select x.day from silver.f as x(day, carrier)'],
  ['renamed columns of a CTE', 'with c(day) as (select carrier from silver.f) select day from c'],
  ['a lateral view', 'select f.day, e.p from silver.f f lateral view explode(f.parts) e as p'],
  ['a lateral join', 'select f.day from silver.f f join lateral (select 1 as b) x'],
  ['a sample', 'select f.day from silver.f tablesample (10 percent) f'],
  ['a pivot', "select day from silver.f pivot (count(time) for carrier in ('x'))"],
  ['the clock', 'select f.day from silver.f f where f.day > current_date'],
  ['chance', 'select f.day from silver.f f where rand() > 0.5'],
  ['a star beside it', 'select f.day, a.* from silver.f f join silver.a a on true'],
  ['joins with their conditions last', 'select f.day from silver.f f join silver.a a join silver.w w on true on true'],
  ['a nested join', 'select f.day from silver.a a left join (silver.f f join silver.w w on true) on true'],
])('%s has none', (_, sql) => {
  expect(derived(sql)).toBeNull();
});

test('key columns of different inputs have none', () => {
  const sql = 'select f.day, a.name from silver.f f join silver.a a on true';
  expect(derived(sql, 'day', 'name')).toBeNull();
  expect(derived(sql, 'name')).toBe('silver.a: name');
});
