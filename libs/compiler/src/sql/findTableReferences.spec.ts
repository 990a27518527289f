import * as fc from 'fast-check';
import { findTableReferences } from './findTableReferences.js';
import { parseStatement } from './parseStatement.js';
import { init } from './parser.js';
import { rewriteTables } from './rewriteTables.js';

beforeAll(init);

function references(text: string) {
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return findTableReferences(parsed.statement);
}

const names = (text: string) => references(text).map(({ parts }) => parts.join('.'));
const rewritten = (text: string) => rewriteTables(text, references(text), ({ parts }) => parts.join('.'));

test.each([
  ['select a from silver.t, silver.u join silver.v using (a)', ['silver.t', 'silver.u', 'silver.v']],
  [
    'select (select max(b) from silver.u) as m from silver.t where a in (select b from silver.v)',
    ['silver.u', 'silver.t', 'silver.v'],
  ],
  ['with c as (select a from silver.t) select a from c', ['silver.t']],
  ['with t as (select a from silver.t) select a from t union select a from silver.u', ['silver.t', 'silver.u']],
  // A CTE sees only those before it, so the first d is a table.
  ['with c as (select a from d), d as (select a from c) select a from d', ['d']],
  ['select a from (with c as (select a from silver.t) select a from c) x, c', ['silver.t', 'c']],
  ['with recursive c as (select 1 as a union all select a + 1 from c) select a from c', []],
  ['select a from `silver`.`t x` where exists (select 1 from gold.g)', ['silver.t x', 'gold.g']],
  ["select 'from silver.x' as a, b -- from silver.y\n from silver.t /* join silver.z */", ['silver.t']],
  [
    'select t.a from (silver.t t join silver.u u on t.a = u.a) left join lateral (select 1 from silver.w) l',
    ['silver.t', 'silver.u', 'silver.w'],
  ],
])('%s reads %j', (text, expected) => {
  expect(names(text)).toEqual(expected);
});

test.each([
  ['select f.a from silver.t f', 'select f.a from ${silver.t} f'],
  ['select t.a from silver.t where t.a > 0', 'select t.a from ${silver.t} as t where t.a > 0'],
  ['select a from `silver` . `t` as x', 'select a from ${silver.t} as x'],
  [
    "select 'é 😀 silver.t' as a\r\nfrom silver.t t -- silver.t\r\n",
    "select 'é 😀 silver.t' as a\r\nfrom ${silver.t} t -- silver.t\r\n",
  ],
  ['select a from silver.t join silver.u using (a)', 'select a from ${silver.t} as t join ${silver.u} as u using (a)'],
])('%j becomes %j', (text, expected) => {
  expect(rewritten(text)).toBe(expected);
});

test('whatever stands in comments and strings, the table and nothing else is replaced', () => {
  const noise = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', '\n', '\r\n', 'silver.t', '"', '-', '`') });
  fc.assert(
    fc.property(noise, noise, fc.boolean(), (comment, text, isAliased) => {
      const before = `select '${text}' as s, /* ${comment} */ x.a\nfrom `;
      const after = `${isAliased ? ' x' : ' as x'}\n/*${comment}*/ where x.b = '${text}'`;
      expect(rewritten(`${before}silver.t${after}`)).toBe(`${before}\${silver.t}${after}`);
    }),
  );
});
