import { contractOf, problemsOf, type Sketch } from '../testing/contractText.fixture.js';

const region = (rule: object): Sketch => ({ properties: [{ name: 'region', logicalType: 'string', quality: [rule] }] });
const table = (...rules: object[]): Sketch => ({ object: { quality: rules } });
const zero = { type: 'library', metric: 'nullValues', mustBe: 0 };

describe('a quality rule', () => {
  it.each([
    ['that allows no null', 'silver', zero, 'row', undefined],
    ['that allows none in rows', 'silver', { ...zero, unit: 'rows' }, 'row', undefined],
    ['that allows none in percent', 'silver', { ...zero, unit: 'percent' }, 'batch', 'error'],
    ['that allows some', 'silver', { ...zero, mustBe: 1 }, 'batch', 'error'],
    ['that warns', 'silver', { ...zero, severity: 'warning' }, 'batch', 'warning'],
    ['that informs', 'silver', { ...zero, severity: 'info' }, 'batch', 'warning'],
    [
      'of the whole table',
      'silver',
      { ...zero, customProperties: [{ property: 'lakehouseScope', value: 'table' }] },
      'table',
      'error',
    ],
    ['of duplicates', 'silver', { metric: 'duplicateValues', mustBe: 0 }, 'table', 'error'],
    ['in SQL', 'silver', { type: 'sql', query: 'select count(*) from ${table}', mustBe: 0 }, 'table', 'error'],
    ['on gold', 'gold', zero, 'table', 'error'],
  ] as const)('%s on %s judges as it should', (_, layer, rule, scope, severity) => {
    const contract = contractOf({ layer, ...region({ id: 'r', ...rule }) });
    const check = contract.checks.find(({ id }) => id === `${layer}.orders/region/r`);
    const row = contract.rowRules.find(({ id }) => id === `${layer}.orders/region/r`);
    if (scope === 'row') expect([row?.kind, check]).toEqual(['expression', undefined]);
    else expect([row, check?.scope, check?.severity]).toEqual([undefined, scope, severity]);
  });

  it('has an id of its own, its name, or its kind', () => {
    const ids = (rule: object): string[] => contractOf(region(rule)).rowRules.map(({ id }) => id);
    expect(ids({ ...zero, id: 'known_id', name: 'x' })).toContain('silver.orders/region/known_id');
    expect(ids({ ...zero, name: 'No region, no order!' })).toContain('silver.orders/region/no-region-no-order');
    expect(ids(zero)).toContain('silver.orders/region/nullValues');
    expect(contractOf(table({ metric: 'rowCount', mustBe: 1 })).checks.map(({ id }) => id)).toEqual([
      'silver.orders/rowCount',
    ]);
  });

  it('keeps its id whatever other rules there are', () => {
    const rule = { ...zero, name: 'mine', mustBe: 1 };
    const others = [
      { ...zero, mustBe: 2 },
      { metric: 'duplicateValues', mustBe: 0 },
    ];
    const ids = (rules: object[]): string[] =>
      contractOf({ properties: [{ name: 'region', logicalType: 'string', quality: rules }] }).checks.map(
        ({ id }) => id,
      );
    expect(ids([...others, rule])).toEqual(expect.arrayContaining(ids([rule])));
  });

  it('follows from keys, required and unique', () => {
    const properties = [{ name: 'code', logicalType: 'string', unique: true, required: true }];
    expect(contractOf({ layer: 'gold', properties }).checks.map(({ id, scope }) => `${id} ${scope}`)).toEqual([
      'gold.orders/id/required table',
      'gold.orders/code/required table',
      'gold.orders/code/unique table',
      'gold.orders/primaryKey table',
    ]);
    const silver = contractOf({ properties });
    expect(silver.rowRules.map(({ id }) => id)).toEqual([
      'silver.orders/id/type',
      'silver.orders/id/required',
      'silver.orders/code/required',
    ]);
    expect(silver.checks.map(({ id }) => id)).toEqual(['silver.orders/code/unique']);
  });

  it('tells which other tables its query reads, and where', () => {
    const query = 'select count(*) from ${table} o left anti join silver.regions r on r.code = o.region';
    const contract = contractOf(table({ id: 'regions', type: 'sql', query, mustBe: 0 }));
    expect(contract.tableUses).toEqual([
      expect.objectContaining({
        rule: 'silver.orders/regions',
        table: 'silver.regions',
        path: ['schema', 0, 'quality', 0, 'query'],
      }),
    ]);
    expect(contract.tableUses[0]?.position.line).toBeGreaterThan(1);
  });

  it.each<[string, Sketch, string]>([
    ['two rules of one id', table({ metric: 'rowCount', mustBe: 1 }, { metric: 'rowCount', mustBe: 2 }), 'LH1210'],
    [
      'a rule with the id of an implied one',
      { properties: [{ name: 'a', logicalType: 'string', required: true, quality: [{ ...zero, id: 'required' }] }] },
      'LH1210',
    ],
    [
      'an unknown severity',
      region({ ...zero, severity: 'eror' }),
      'LH1207 The severity `eror` is not known. Did you mean `error`?',
    ],
    [
      'an unknown unit',
      region({ ...zero, unit: 'percnt' }),
      'LH1207 The unit `percnt` is not known. Did you mean `percent`?',
    ],
    ['an operand that is no number', region({ ...zero, mustBe: '0' }), 'LH1206'],
    ['a pair in the wrong order', region({ metric: 'nullValues', mustBeBetween: [5, 1] }), 'LH1206'],
    ['row count of a column', region({ metric: 'rowCount', mustBe: 1 }), 'LH1208'],
    ['row count in percent', table({ metric: 'rowCount', mustBe: 1, unit: 'percent' }), 'LH1207'],
    ['null values of a table', table(zero), 'LH1208'],
    ['duplicates of a table without columns', table({ metric: 'duplicateValues', mustBe: 0 }), 'LH1205'],
    [
      'duplicates of an unknown column',
      table({ metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['idd'] } }),
      'LH1205 The table has no column `idd`. Did you mean `id`?',
    ],
    [
      'duplicates of a map',
      {
        properties: [
          { name: 'm', physicalType: 'map<string,int>', quality: [{ metric: 'duplicateValues', mustBe: 0 }] },
        ],
      },
      'LH1205',
    ],
    ['missing values without a list', region({ metric: 'missingValues', mustBe: 0 }), 'LH1205'],
    ['invalid values without a list or pattern', region({ metric: 'invalidValues', mustBe: 0 }), 'LH1205'],
    ['an unknown argument', region({ ...zero, arguments: { x: 1 } }), 'LH1205'],
    [
      'a text among the valid values of a number',
      {
        properties: [
          {
            name: 'n',
            logicalType: 'integer',
            quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: [1, 'two'] } }],
          },
        ],
      },
      'LH1205 "two" cannot be a value of `n`',
    ],
    [
      'a day that does not exist',
      {
        properties: [
          {
            name: 'd',
            logicalType: 'date',
            quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: ['2026-02-30'] } }],
          },
        ],
      },
      'LH1205',
    ],
    [
      'a batch on gold',
      { layer: 'gold', ...region({ ...zero, customProperties: [{ property: 'lakehouseScope', value: 'batch' }] }) },
      'LH1204',
    ],
    ['a query with an unknown variable', table({ type: 'sql', query: 'select 1 from ${tabel}', mustBe: 0 }), 'LH1209'],
  ])('is refused with %s', (_, sketch, expected) => {
    expect(problemsOf(sketch)).toEqual([expect.stringContaining(expected)]);
  });
});
