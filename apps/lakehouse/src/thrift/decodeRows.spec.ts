import fc from 'fast-check';
import { decodeRows } from './decodeRows.js';

function columnOf(name: string, position: number, type: number) {
  return { columnName: name, position, typeDesc: { types: [{ primitiveEntry: { type } }] } };
}

function nullsOf(rows: readonly unknown[]): Buffer {
  const bits = Buffer.alloc(Math.ceil(rows.length / 8));
  rows.forEach((value, row) => {
    if (value === null) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
  });
  return bits;
}

describe('decodeRows', () => {
  it('brings back what was sent, nulls included, over several fetches', () => {
    const texts = fc.array(fc.option(fc.string()), { maxLength: 20 });
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        const sets = [first, second].map((rows) => ({
          columns: [{ stringVal: { values: rows.map((text) => text ?? ''), nulls: nullsOf(rows) }, i32Val: null }],
        }));
        const { rows } = decodeRows({ schema: { columns: [columnOf('text', 1, 7)] }, data: sets });
        expect(rows).toEqual([...first, ...second].map((text) => [text]));
      }),
    );
  });

  it('knows the types, keeps columns of one name apart, and makes numbers of decimals and integers', () => {
    const long = (text: string) => ({ toNumber: () => Number(text), toString: () => text });
    const none = Buffer.alloc(0);
    expect(
      decodeRows({
        schema: { columns: [columnOf('n', 3, 4), columnOf('n', 2, 15), columnOf('b', 1, 9)] },
        data: [
          {
            columns: [
              { binaryVal: { values: [Buffer.from('abc'), Buffer.from('')], nulls: none } },
              { stringVal: { values: ['1.50', '2.00'], nulls: none } },
              { i64Val: { values: [long('7'), long('9223372036854775807')], nulls: none } },
            ],
          },
        ],
      }),
    ).toEqual({
      columns: [
        { name: 'b', type: 'binary' },
        { name: 'n', type: 'decimal' },
        { name: 'n', type: 'bigint' },
      ],
      rows: [
        ['YWJj', 1.5, 7],
        ['', 2, '9223372036854775807'],
      ],
    });
  });
});
