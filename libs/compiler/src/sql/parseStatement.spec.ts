import * as fc from 'fast-check';
import { parseStatement } from './parseStatement.js';
import { init } from './parser.js';

beforeAll(init);

function failure(text: string) {
  const parsed = parseStatement(text);
  return parsed.ok ? null : parsed.failure;
}

test.each([
  'select a from silver.t',
  'select a from silver.t;',
  'with c as (select 1 as a) select a from c',
  'select a from silver.t union all select a from silver.u',
  "select `é x` as `日本`, '😀 -- no comment' as s /* select */ from silver.t -- from silver.u\r\n where a > 1",
  'select transform(a, x -> x + 1) as b, try_cast(c as decimal(10,2)) as d, e::string as f from silver.t group by all',
])('accepts %s', (text) => {
  expect(failure(text)).toBeNull();
});

test.each([
  ['select a,\n from silver.t', 8, 'a comma stands before FROM'],
  ['select a b c from silver.t', 11, 'Invalid expression / Unexpected token'],
  ['select 1; select 2', 10, 'there is more than one statement'],
  ['drop table silver.t', 0, 'it is not a SELECT'],
  ['insert into silver.t select 1', 0, 'it is not a SELECT'],
  ['-- nothing\n', 0, 'there is no query in it'],
  ['', 0, 'there is no query in it'],
])('refuses %j at %i', (text, offset, message) => {
  expect(failure(text)?.message).toContain(message);
  expect(failure(text)?.offset).toBe(offset);
});

test('points at the place of a mistake behind characters of two code units', () => {
  const text = "select '😀😀' as a,\r\n  b c d from silver.t";
  expect(text.slice(failure(text)?.offset)).toBe('d from silver.t');
});

test('refuses a WITH in parentheses, whose CTEs the parser would drop', () => {
  const text = 'with a as (select x from silver.t) (with b as (select x from silver.u) select x from b)';
  expect(failure(text)?.message).toContain('WITH inside parentheses');
});

test('refuses what is nested too deeply', () => {
  expect(failure(`select ${'('.repeat(2000)}1${')'.repeat(2000)} as a from silver.t`)?.message).toContain(
    'nested too deeply',
  );
});

test('never throws', () => {
  const pieces = fc.constantFrom(
    'select',
    'from',
    'with',
    'as',
    '(',
    ')',
    ',',
    'a',
    '.',
    '`',
    "'",
    '/*',
    '--',
    '\n',
    '😀',
    '::',
    ';',
    '$',
    '{',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((parts) => parts.join(' ')),
      ),
      (text) => {
        expect(typeof parseStatement(text).ok).toBe('boolean');
      },
    ),
  );
});
