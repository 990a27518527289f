import { readSilverModel } from './silverModel.js';
import { init } from './parser.js';

beforeAll(init);

function read(text: string) {
  return readSilverModel({ path: 'models/silver.t.sql', text });
}

function problems(text: string) {
  return read(text).problems.map(({ code, line, column, message }) => `${code} ${line}:${column} ${message}`);
}

test('becomes expressions over one row of the origin', () => {
  const text = `select
  upper(trim(f.carrier)) as carrier, -- a comment, with a comma
  try_cast(f.delay as int) /* minutes */ delay,
  f.\`from\`,
  transform(f.parts, x -> x.y) as parts,
  f.address.city as city
from bronze.t f`;
  const { model, problems: found } = read(text);
  expect(found).toEqual([]);
  expect(model?.alias).toBe('f');
  expect(model?.columns.map(({ name, expression }) => [name, expression])).toEqual([
    ['carrier', 'upper(trim(f.carrier))'],
    ['delay', 'try_cast(f.delay as int)'],
    ['from', 'f.`from`'],
    ['parts', 'transform(f.parts, x -> x.y)'],
    ['city', 'f.address.city'],
  ]);
  expect(model?.originColumns).toEqual(['carrier', 'delay', 'from', 'parts', 'address']);
});

test('without an alias the table lends its name', () => {
  const { model } = read('select t.a as a, b.c as c, d from bronze.t');
  expect(model?.alias).toBe('t');
  expect(model?.originColumns).toEqual(['a', 'b', 'd']);
});

test.each([
  ['select a from bronze.t where a > 1', '1:24', 'WHERE'],
  ['select a\nfrom bronze.t\ngroup by a', '3:1', 'GROUP BY'],
  ['select distinct a from bronze.t', '1:8', 'DISTINCT'],
  ['select a from bronze.t limit 3', '1:24', 'LIMIT'],
  ['select a from bronze.t order by a', '1:24', 'ORDER BY'],
  ['select a from bronze.t join bronze.u using (a)', '1:24', 'a join'],
  ['select a from bronze.t, bronze.u', '1:10', 'a second table'],
  ['select a from (select a from bronze.t) x', '1:10', 'a subquery'],
  ['with c as (select a from bronze.t) select a from c', '1:1', 'a CTE'],
  ['select a from bronze.t union all select a from bronze.t', '1:24', 'a set operation'],
  ['select a, (select 1) as b from bronze.t', '1:11', 'a subquery'],
  ['select row_number() over (order by a) as a from bronze.t', '1:21', 'a window function'],
  ['select max(a) as a from bronze.t', '1:8', 'the aggregate `max`'],
  ['select `max`(a) as a from bronze.t', '1:8', 'the aggregate `max`'],
  ['select builtin.max(a) as a from bronze.t', '1:16', 'the aggregate `max`'],
  ['select explode(a) as a from bronze.t', '1:8', '`explode`'],
  ['select x from bronze.t lateral view explode(a) e as x', '1:24', 'LATERAL VIEW'],
  ['select a from bronze.t tablesample (1 percent)', '1:24', 'TABLESAMPLE'],
  ['select a from bronze.t version as of 3', '1:32', 'an old version'],
  ['select a from bronze.t as u(a)', '1:10', 'renamed columns'],
  ['select a from bronze.t qualify a = 1', '1:24', 'QUALIFY'],
  ['select a from bronze.t having a = 1', '1:24', 'HAVING'],
  ['select a from bronze.t cluster by a', '1:24', 'CLUSTER BY'],
  ["select reflect('a', 'b') as a from bronze.t", '1:8', '`reflect`'],
])('refuses %s', (text, place, what) => {
  const found = problems(text);
  expect(found).toEqual(expect.arrayContaining([expect.stringContaining(`LH1411 ${place} `)]));
  expect(found.join('\n')).toContain(what);
});

test.each([
  ['select current_date as a from bronze.t', 'current_date'],
  ['select current_timestamp() as a from bronze.t', 'current_timestamp'],
  ['select concat(uuid(), b) as a from bronze.t', 'uuid'],
  ['select RAND() as a from bronze.t', 'rand'],
])('refuses %s, which differs from run to run', (text, name) => {
  expect(problems(text)).toEqual([expect.stringMatching(new RegExp(`^LH1412 .*\`${name}\``))]);
});

test.each([
  'select t.current_date as a, b as current_user from bronze.t',
  "select (a like any ('x', 'y')) as a from bronze.t",
  "select 'max(a) where rand()' as a, `sum` as b from bronze.t -- group by",
])('takes %s for what it is', (text) => {
  expect(problems(text)).toEqual([]);
});

test.each([
  ['select cast(a as int) as a from bronze.t', '1:8', 'This cast'],
  ['select a::date as a from bronze.t', '1:9', 'This cast'],
  ['select int(a) as a from bronze.t', '1:8', '`int`'],
  ["select to_date(a, 'yyyy') as a from bronze.t", '1:8', '`to_date`'],
  ['select\n  make_date(a, b, c) as a from bronze.t', '2:3', '`make_date`'],
  ['select a / b as a from bronze.t', '1:10', '`/`'],
  ['select a / 2 as a from bronze.t', '1:10', '`/`'],
  ['select a + 1 as a from bronze.t', '1:10', '`+`'],
  ['select try_cast(a as bigint) * 2 as a from bronze.t', '1:30', '`*`'],
  ['select try_cast(a as double) / 0 as a from bronze.t', '1:30', '`/`'],
  ['select element_at(a, 1) as a from bronze.t', '1:8', '`element_at`'],
])('refuses %s, which one bad row would stop', (text, place, what) => {
  expect(problems(text)).toEqual([expect.stringContaining(`LH1414 ${place} ${what}`)]);
});

test.each([
  'select cast(a as string) as a, a::string as b, cast(null as int) as c from bronze.t',
  "select cast(from_utc_timestamp(try_cast(a as timestamp), 'UTC') as date) as a from bronze.t",
  'select try_cast(a as double) * 1.5 + 2 as a, try_cast(b as int) / 60 as b from bronze.t',
  'select try_cast(a as date) + interval 1 day as a from bronze.t',
  "select date '2013-01-01' as a, try_add(b, 1) as b from bronze.t",
])('accepts %s', (text) => {
  expect(problems(text)).toEqual([]);
});

test.each([
  ['select * from bronze.t', 'LH1403'],
  ['select t.* from bronze.t', 'LH1403'],
  ['select upper(a) from bronze.t', 'LH1405'],
  ['select a, b as A from bronze.t', 'LH1406'],
  ['select 1 as a', 'LH1410'],
  ['select _ingested_at as a from bronze.t', 'LH1413'],
  ['selec a from bronze.t', 'LH1401'],
])('%s is %s', (text, code) => {
  expect(problems(text)).toEqual([expect.stringContaining(code)]);
});
