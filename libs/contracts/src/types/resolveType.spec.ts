import { contractOf, problemsOf } from '../testing/contractText.fixture.js';

const typeOf = (property: object): string | undefined =>
  contractOf({ properties: [{ name: 'a', ...property }] }).columns[1]?.type;

describe('the type of a property', () => {
  it.each([
    [{ logicalType: 'string' }, 'string'],
    [{ logicalType: 'time' }, 'string'],
    [{ logicalType: 'integer' }, 'bigint'],
    [{ logicalType: 'integer', logicalTypeOptions: { format: 'i16' } }, 'smallint'],
    [{ logicalType: 'integer', logicalTypeOptions: { format: 'u64' } }, 'decimal(20,0)'],
    [{ logicalType: 'number' }, 'double'],
    [{ logicalType: 'number', logicalTypeOptions: { format: 'f32' } }, 'float'],
    [{ logicalType: 'boolean' }, 'boolean'],
    [{ logicalType: 'date' }, 'date'],
    [{ logicalType: 'timestamp' }, 'timestamp'],
    [{ logicalType: 'integer', physicalType: 'int' }, 'int'],
    [{ logicalType: 'number', physicalType: 'DECIMAL(12,4)' }, 'decimal(12,4)'],
    [{ physicalType: 'array<string>' }, 'array<string>'],
    [{ logicalType: 'array', items: { logicalType: 'integer' } }, 'array<bigint>'],
    [
      { logicalType: 'object', properties: [{ name: 'x', logicalType: 'array', items: { logicalType: 'date' } }] },
      'struct<x:array<date>>',
    ],
    [{ logicalType: 'string', physicalType: 'VARCHAR2(20)' }, 'string'],
  ])('of %j is %s', (property, expected) => {
    expect(typeOf(property)).toBe(expected);
  });

  it('is worth a warning where the two types differ or the physical one is foreign', () => {
    expect(problemsOf({ properties: [{ name: 'a', logicalType: 'string', physicalType: 'int' }] }, 'warning')).toEqual([
      expect.stringContaining('LH1111'),
    ]);
    expect(
      problemsOf({ properties: [{ name: 'a', logicalType: 'string', physicalType: 'VARCHAR2(20)' }] }, 'warning'),
    ).toEqual([expect.stringContaining('LH1111')]);
  });
});
