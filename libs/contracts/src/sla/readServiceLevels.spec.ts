import { contractOf, problemsOf, type Sketch } from '../testing/contractText.fixture.js';

const levels = (...slaProperties: object[]): Sketch => ({
  root: { slaProperties },
  properties: [
    { name: 'day', logicalType: 'date' },
    { name: 'at', logicalType: 'timestamp' },
    { name: 'text', logicalType: 'string' },
  ],
});
const latency = { property: 'latency', value: 2, unit: 'd', element: 'orders.at' };

describe('service levels', () => {
  it.each([
    [latency, 2, 'd', 86_400, 'the newest at is at most 2 days old'],
    [
      { ...latency, property: 'freshness', value: '90', unit: 'minutes' },
      90,
      'min',
      60,
      'the newest at is at most 90 minutes old',
    ],
    [
      { ...latency, element: 'silver.orders.day', value: 1, unit: 'HR' },
      1,
      'h',
      3600,
      'the newest day is at most 1 hour old',
    ],
    [{ ...latency, unit: 'month' }, 2, 'months', 2_592_000, 'the newest at is at most 2 months old'],
  ])('make a freshness check of %j, in its own unit', (level, value, unit, unitSeconds, description) => {
    const contract = contractOf(levels(level));
    expect(contract.checks).toEqual([
      expect.objectContaining({
        scope: 'table',
        severity: 'warning',
        description,
        unit,
        measure: expect.objectContaining({ kind: 'age', unitSeconds }),
        comparison: { operator: 'lessOrEqual', value },
      }),
    ]);
  });

  it('give a freshness check the id of its column', () => {
    expect(contractOf(levels(latency)).checks[0]).toMatchObject({
      id: 'silver.orders/at/freshness',
      measure: { kind: 'age', column: 'at', unitSeconds: 86_400 },
    });
  });

  it('say how long rows are kept', () => {
    expect(contractOf(levels({ property: 'retention', value: 3, unit: 'y', element: 'orders.day' })).retention).toEqual(
      { column: 'day', days: 1095 },
    );
  });

  it.each([
    ['an unknown unit', { ...latency, unit: 'dys' }, 'Did you mean `days`?'],
    ['minutes or months', { ...latency, unit: 'm' }, 'LH1211'],
    ['no unit', { ...latency, unit: undefined }, 'LH1211'],
    ['no number', { ...latency, value: 'soon' }, 'LH1211'],
    ['another table', { ...latency, element: 'lines.at' }, 'LH1211'],
    ['an unknown column', { ...latency, element: 'orders.att' }, 'Did you mean `at`?'],
    ['a column that is no time', { ...latency, element: 'orders.text' }, 'LH1211'],
  ])('are refused with %s', (_, level, expected) => {
    expect(problemsOf(levels(level))).toEqual([expect.stringContaining(expected)]);
  });

  it('are refused where two say one thing', () => {
    const retention = { property: 'retention', value: 3, unit: 'y', element: 'orders.day' };
    expect(problemsOf(levels(retention, retention))).toEqual([expect.stringContaining('LH1211')]);
    expect(problemsOf(levels(latency, latency))).toEqual([expect.stringContaining('LH1210')]);
  });

  it('are named where they are not executed', () => {
    expect(problemsOf(levels({ property: 'availability', value: '99.9' }), 'warning')).toEqual([
      expect.stringContaining('`availability`'),
    ]);
    expect(problemsOf(levels({ ...latency, element: undefined }), 'warning')).toEqual([
      expect.stringContaining('without an element'),
    ]);
  });
});
