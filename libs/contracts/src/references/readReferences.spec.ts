import { contractOf, problemsOf, type Sketch } from '../testing/contractText.fixture.js';
import { resolveReference } from './resolveReference.js';

const custom = (values: Readonly<Record<string, unknown>>): { property: string; value: unknown }[] =>
  Object.entries(values).map(([property, value]) => ({ property, value }));
const region = (...relationships: object[]): Sketch => ({
  properties: [{ name: 'region', logicalType: 'string', relationships }],
});
const table = (relationship: object): Sketch => ({
  object: { relationships: [relationship] },
  properties: [{ name: 'region', logicalType: 'string' }],
});
const parent = { table: 'silver.regions', columns: ['code'] };

describe('a reference', () => {
  it('keeps the names as they were written, and their place', () => {
    expect(contractOf(region({ to: 'regions.code' })).references).toEqual([
      {
        id: 'silver.orders/region/references',
        column: 'region',
        columns: ['region'],
        target: { file: null, object: 'regions', properties: ['code'] },
        severity: 'error',
        maxOrphans: null,
        description: 'region exists as code of regions',
        path: ['schema', 0, 'properties', 1, 'relationships', 0],
        position: { line: expect.any(Number), column: expect.any(Number) },
      },
    ]);
  });

  it.each([
    ['schema/regions/properties/code', null],
    ['/schema/regions/properties/code', null],
    ['silver.regions.odcs.yaml#schema/regions/properties/code', 'silver.regions.odcs.yaml'],
    ['https://example.org/regions.yaml#/schema/regions/properties/code', 'https://example.org/regions.yaml'],
  ])('may be fully qualified: %s', (to, file) => {
    expect(contractOf(region({ to })).references[0]?.target).toEqual({ file, object: 'regions', properties: ['code'] });
  });

  it('may join several columns at the table', () => {
    const sketch = table({ from: ['orders.id', 'orders.region'], to: ['regions.order', 'regions.code'] });
    expect(contractOf(sketch).references[0]).toMatchObject({
      id: 'silver.orders/references',
      column: null,
      columns: ['id', 'region'],
      target: { object: 'regions', properties: ['order', 'code'] },
    });
  });

  it('makes rows wait on silver, and is a check where it warns or stands on gold', () => {
    const [strict] = contractOf(region({ to: 'regions.code' })).references;
    const warning = custom({ lakehouseSeverity: 'warning', lakehouseMaxOrphans: 20 });
    const [lax] = contractOf(region({ to: 'regions.code', customProperties: warning })).references;
    if (strict === undefined || lax === undefined) throw new Error('no reference');
    expect(resolveReference(strict, 'silver', parent)).toMatchObject({
      kind: 'row',
      rule: {
        kind: 'reference',
        reference: { columns: ['region'], parent: 'silver.regions', parentColumns: ['code'] },
      },
    });
    expect(resolveReference(strict, 'gold', parent)).toMatchObject({
      kind: 'check',
      check: { severity: 'error', unit: 'rows', comparison: { operator: 'equal', value: 0 } },
    });
    expect(resolveReference(lax, 'silver', parent)).toMatchObject({
      kind: 'check',
      check: {
        severity: 'warning',
        unit: 'percent',
        measure: { kind: 'orphans', unit: 'percent' },
        comparison: { operator: 'lessOrEqual', value: 20 },
      },
    });
  });

  it.each<[string, Sketch, string]>([
    ['two of one column without ids', region({ to: 'a.b' }, { to: 'c.d' }), 'LH1210'],
    [
      'orphans at severity error',
      region({ to: 'a.b', customProperties: custom({ lakehouseMaxOrphans: 5 }) }),
      'LH1212',
    ],
    ['a path that leads to no column', region({ to: 'schema/regions' }), 'LH1212'],
    ['sides of unequal length', table({ from: ['orders.id'], to: ['a.b', 'a.c'] }), 'LH1212'],
    ['parents of two tables', table({ from: ['orders.id', 'orders.region'], to: ['a.b', 'c.d'] }), 'LH1212'],
    ['columns of another table', table({ from: 'lines.id', to: 'a.b' }), 'LH1212'],
    [
      'an unknown column',
      table({ from: 'orders.regoin', to: 'a.b' }),
      'LH1212 The table has no column `regoin`. Did you mean `region`?',
    ],
    [
      'a misspelt property',
      region({ to: 'a.b', customProperties: custom({ lakehouseSeverty: 'warning' }) }),
      'Did you mean `lakehouseSeverity`?',
    ],
  ])('is refused: %s', (_, sketch, expected) => {
    expect(problemsOf(sketch)).toEqual([expect.stringContaining(expected)]);
  });

  it('may have an id where a column has two', () => {
    const second = { to: 'c.d', customProperties: custom({ lakehouseId: 'other' }) };
    expect(contractOf(region({ to: 'a.b' }, second)).references.map(({ id }) => id)).toEqual([
      'silver.orders/region/references',
      'silver.orders/region/other',
    ]);
  });

  it('of one column to several is named as not executed', () => {
    expect(problemsOf(region({ to: ['a.b', 'a.c'] }), 'warning')).toEqual([expect.stringContaining('LH1116')]);
  });
});
