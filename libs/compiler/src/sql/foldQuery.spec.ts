import { foldQuery } from './foldQuery.js';
import { init } from './parser.js';

beforeAll(init);

describe('foldQuery', () => {
  it.each([
    ['select count(*) from ${table}', 'count(*)'],
    ['select count(*) from ${table} where air_time <= 0', 'count(*) filter (where air_time <= 0)'],
    [
      "select sum(a + (b * 2)) as total\nfrom ${table}\nwhere c in ('x', ')')",
      "sum(a + (b * 2)) filter (where c in ('x', ')'))",
    ],
    ['select 100.0 * count_if(a) / count(*) as share from ${table}', '100.0 * count_if(a) / count(*)'],
    [
      'select coalesce(100.0 * count_if(abs(a) > 1) / nullif(count(a), 0), 0) from ${table} where b > 0',
      'coalesce(100.0 * count_if(abs(a) > 1) filter (where b > 0) / nullif(count(a) filter (where b > 0), 0), 0)',
    ],
    ['select max(`from`) from ${table} where not (a or b)', 'max(`from`) filter (where not (a or b))'],
  ])('makes one aggregate of %s', (query, expected) => {
    expect(foldQuery(query)?.expression).toBe(expected);
  });

  it('names the rows that it counts', () => {
    expect(foldQuery('select count(*) from ${table} where air_time <= 0')?.rows).toEqual({
      kind: 'where',
      condition: 'air_time <= 0',
    });
    expect(foldQuery('select count(*) from ${table}')).not.toHaveProperty('rows');
  });

  it.each([
    'select count(*) from ${table} t where t.a > 0',
    'select count(*) from ${table} group by a',
    'select count(*) from ${table} where a > 0 group by a',
    'select count(*) from ${table} where a > (select max(b) from ${silver.other})',
    'select count(*), 1 from ${table}',
    'select distinct a from ${table}',
    'select count(*) from ${table} join ${silver.other} using (a)',
    'select count(*) from (select * from ${table})',
    'select sum(a) over () from ${table}',
    'with t as (select 1) select count(*) from ${table}',
    'select count(a) / stddev(a) from ${table} where b',
    'not sql ${table} (',
  ])('leaves %s as it is', (query) => {
    expect(foldQuery(query)).toBeNull();
  });
});
