import * as fc from 'fast-check';
import { sqlTokens } from '../sql/tokens.js';
import { readSqlQuery } from './sqlQuery.js';

const read = (query: string, column: string | null = null) => readSqlQuery(query, 'silver.flights', column);

describe('readSqlQuery', () => {
  it.each([
    ['${table}', 'select count(*) from ${table} where a < 0', null, 'select count(*) from ${table} where a < 0', []],
    ['${object}', 'select count(*) from ${object}', null, 'select count(*) from ${table}', []],
    ['${column}', 'select count(${column}) from ${table}', 'a', 'select count(a) from ${table}', []],
    ['an odd ${column}', 'select count(${column}) from ${table}', 'a`b', 'select count(`a``b`) from ${table}', []],
    [
      'another table',
      'select 1 from silver.airlines a',
      null,
      'select 1 from ${silver.airlines} a',
      ['silver.airlines'],
    ],
    ['another table in back-ticks', 'select 1 from `gold`.`x`', null, 'select 1 from ${gold.x}', ['gold.x']],
    ['another table as a variable', 'select 1 from ${gold.x}', null, 'select 1 from ${gold.x}', ['gold.x']],
    ['its own name', 'select 1 from silver.flights', null, 'select 1 from ${table}', []],
    [
      'a text that looks like a table',
      "select 'from silver.airlines' from ${table}",
      null,
      "select 'from silver.airlines' from ${table}",
      [],
    ],
    ['a remark', 'select 1 -- silver.x ${y}\nfrom ${table} /* ; */;', null, 'select 1  \nfrom ${table}', []],
    ['a column called silver', 'select f.silver.x from ${table} f', null, 'select f.silver.x from ${table} f', []],
  ])('replaces %s', (_, query, column, sql, tables) => {
    expect(read(query, column)).toEqual({ sql, tables });
  });

  it.each([
    ['an unknown variable', 'select ${tabel}', 'Did you mean table?'],
    ['${column} at a table', 'select ${column} from ${table}', 'Name the column'],
    ['another statement', 'delete from ${table}', 'Write one `select`'],
    ['two statements', 'select 1; select 2', 'Write one `select`'],
    ['an open quote', "select 'a", 'Close it'],
    ['an open remark', 'select 1 /* a', 'Close it'],
    ['a column by its table name', 'select silver.a.b from silver.a', 'alias'],
    ['bronze', 'select 1 from bronze.x', 'silver and gold'],
  ])('refuses %s', (_, query, fix) => {
    expect(read(query)).toContainEqual(expect.objectContaining({ fix: expect.stringContaining(fix) }));
  });

  it('never throws, and its tokens are the text again', () => {
    const parts = fc.constantFrom(
      "'",
      '"',
      '`',
      '${',
      '}',
      '--',
      '/*',
      '*/',
      '\n',
      '.',
      ';',
      'silver',
      'select ',
      'r',
      '\\',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(parts, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 20 }),
        (pieces) => {
          const query = pieces.join('');
          read(query);
          const tokens = sqlTokens(query);
          if (tokens !== null) expect(tokens.map(({ text }) => text).join('')).toBe(query);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
