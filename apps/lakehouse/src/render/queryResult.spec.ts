import fc from 'fast-check';
import { renderQueryCsv, renderQueryJson, renderQueryTable } from './queryResult.js';
import { createStyle } from './style.js';

const result = {
  columns: [
    { name: 'carrier', type: 'string' },
    { name: 'flights', type: 'bigint' },
  ],
  rows: [
    ['UA', 58665],
    [null, 3],
  ],
};

/** The fields of RFC 4180 text. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n|$)/gy;
  for (const match of text.matchAll(pattern)) {
    rows.at(-1)?.push((match[1] ?? match[2] ?? '').replaceAll('""', '"'));
    if (match[3] === '') {
      break;
    }
    if (match[3] === '\n') {
      rows.push([]);
    }
  }
  return rows;
}

describe('the answer to a query', () => {
  it('is a table with numbers to the right', () => {
    expect(renderQueryTable(result, createStyle(false))).toBe(
      ['carrier  flights', 'UA         58665', '∅              3', '2 rows'].join('\n'),
    );
  });

  it('is JSON with one object a row', () => {
    expect(JSON.parse(renderQueryJson(result))).toEqual([
      { carrier: 'UA', flights: 58665 },
      { carrier: null, flights: 3 },
    ]);
  });

  it('is CSV that reads back as it was, whatever the texts hold', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', "'") });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
        const read = readCsv(renderQueryCsv({ columns: result.columns, rows }));
        expect(read).toEqual([['carrier', 'flights'], ...rows]);
      }),
    );
  });

  it('tells null and the empty text apart in CSV', () => {
    expect(renderQueryCsv({ columns: [{ name: 'a', type: 'string' }], rows: [[null], ['']] })).toBe('a\n\n""');
  });
});
