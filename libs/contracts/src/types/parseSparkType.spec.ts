import * as fc from 'fast-check';
import { formatSparkType } from './formatSparkType.js';
import { parseSparkType } from './parseSparkType.js';
import { plainTypes, type SparkType } from './sparkType.js';
import { typeChange } from './typeChange.js';

const plain = fc.constantFrom(...plainTypes).map((kind): SparkType => ({ kind }));
const decimal = fc
  .tuple(fc.integer({ min: 1, max: 38 }), fc.nat(38))
  .map(([precision, scale]): SparkType => ({ kind: 'decimal', precision, scale: Math.min(precision, scale) }));
const atomic = fc.oneof(plain, decimal);
const { type } = fc.letrec<{ type: SparkType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    atomic,
    tie('type').map((element): SparkType => ({ kind: 'array', element })),
    fc.tuple(atomic, tie('type')).map(([key, value]): SparkType => ({ kind: 'map', key, value })),
    fc
      .uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 5 }), tie('type')), {
        minLength: 1,
        maxLength: 3,
        selector: ([name]) => name.toLowerCase(),
      })
      .map((fields): SparkType => ({ kind: 'struct', fields: fields.map(([name, part]) => ({ name, type: part })) })),
  ),
}));

describe('parseSparkType', () => {
  it.each([
    ['BIGINT', 'bigint'],
    [' Decimal ( 10 , 2 ) ', 'decimal(10,2)'],
    ['numeric', 'decimal(10,0)'],
    ['dec(5)', 'decimal(5,0)'],
    ['varchar(20)', 'string'],
    ['char(1)', 'string'],
    ['long', 'bigint'],
    ['timestamp_ltz', 'timestamp'],
    ['array< map<string, array<int>> >', 'array<map<string,array<int>>>'],
    ['struct<a: int, `b c` string>', 'struct<a:int,`b c`:string>'],
  ])('reads %s as %s', (text, expected) => {
    const parsed = parseSparkType(text);
    expect(parsed === null ? null : formatSparkType(parsed)).toBe(expected);
  });

  it.each([
    '',
    'VARCHAR2(20)',
    'table',
    'decimal(39)',
    'decimal(5,6)',
    'decimal(10,2',
    'varchar',
    'array<>',
    'array<int',
    'map<int>',
    'map<map<int,int>,int>',
    'struct<>',
    'struct<a:int,A:int>',
    'int int',
    'interval day',
    'void',
    'int;',
  ])('refuses %p', (text) => {
    expect(parseSparkType(text)).toBeNull();
  });

  it('reads back every type that it writes', () => {
    fc.assert(
      fc.property(type, (written) => {
        expect(parseSparkType(formatSparkType(written))).toEqual(written);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseSparkType(text)));
    expect(parseSparkType('array<'.repeat(5000))).toBeNull();
  });
});

describe('typeChange', () => {
  const change = (before: string, after: string): string => {
    const [old, now] = [parseSparkType(before), parseSparkType(after)];
    return old === null || now === null ? 'no type' : typeChange(old, now);
  };

  it.each([
    ['int', 'bigint', 'widened'],
    ['bigint', 'int', 'changed'],
    ['float', 'double', 'widened'],
    ['int', 'double', 'changed'],
    ['int', 'decimal(10,0)', 'widened'],
    ['int', 'decimal(10,2)', 'changed'],
    ['decimal(10,2)', 'decimal(12,2)', 'widened'],
    ['decimal(10,2)', 'decimal(10,4)', 'changed'],
    ['date', 'timestamp', 'changed'],
    ['struct<a:int>', 'struct<a:bigint,b:int>', 'widened'],
    ['struct<a:int,b:int>', 'struct<a:int>', 'changed'],
    ['array<int>', 'array<string>', 'changed'],
  ])('%s to %s is %s', (before, after, expected) => {
    expect(change(before, after)).toBe(expected);
  });

  it('is the same only for equal types, and widens one way only', () => {
    fc.assert(
      fc.property(type, type, (a, b) => {
        expect(typeChange(a, a)).toBe('same');
        if (typeChange(a, b) === 'same') expect(formatSparkType(a)).toBe(formatSparkType(b));
      }),
    );
    fc.assert(
      fc.property(atomic, atomic, (a, b) => {
        if (typeChange(a, b) === 'widened') expect(typeChange(b, a)).toBe('changed');
      }),
    );
  });
});
