import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { parseContract } from './parseContract.js';
import { contractOf, contractText, keyColumn, problemsOf } from './testing/contractText.fixture.js';
import { everything } from './testing/everything.fixture.js';
import { mutations } from './testing/mutations.fixture.js';

describe('parseContract', () => {
  it('reads a contract into typed data', () => {
    const contract = contractOf({
      root: { name: 'Orders', domain: 'shop', team: { name: 'sales' }, description: { purpose: 'All orders.' } },
      properties: [
        {
          name: 'day',
          logicalType: 'date',
          partitioned: true,
          classification: 'public',
          tags: ['a'],
          examples: ['2026-01-01', 5],
          description: 'Day',
        },
        { name: 'total', physicalType: 'DECIMAL(10, 2)' },
      ],
    });
    expect(contract).toMatchObject({
      table: 'silver.orders',
      layer: 'silver',
      name: 'Orders',
      domain: 'shop',
      team: 'sales',
      description: 'All orders.',
      version: '1.0.0',
      origin: 'bronze.orders',
      orderingColumn: null,
      driftPolicy: 'rescue',
      maxQuarantine: 5,
      key: ['id'],
      partitionedBy: ['day'],
      columns: [
        { name: 'id', type: 'bigint', logicalType: 'integer', nullable: false },
        {
          name: 'day',
          type: 'date',
          nullable: true,
          classification: 'public',
          tags: ['a'],
          examples: ['2026-01-01', '5'],
          description: 'Day',
        },
        { name: 'total', type: 'decimal(10,2)', logicalType: 'number' },
      ],
    });
    expect(contract.rowRules.map(({ id }) => id)).toEqual([
      'silver.orders/id/type',
      'silver.orders/day/type',
      'silver.orders/total/type',
      'silver.orders/id/required',
    ]);
  });

  it('puts the columns of a key in the order of their positions', () => {
    const properties = [
      { name: 'b', logicalType: 'string', primaryKey: true, primaryKeyPosition: 1 },
      { name: 'a', logicalType: 'string', primaryKey: true, primaryKeyPosition: 2 },
    ];
    const positioned = { ...keyColumn, primaryKeyPosition: 3 };
    const text = contractText({ object: {}, properties: [] }).replace(
      'primaryKey: true',
      'primaryKey: true\n        primaryKeyPosition: 3',
    );
    expect(parseContract('silver.orders.odcs.yaml', text).contract?.key).toEqual(['id']);
    const contract = parseContract(
      'silver.orders.odcs.yaml',
      stringify({
        apiVersion: 'v3.1.0',
        kind: 'DataContract',
        id: 'x',
        version: '1.0.0',
        status: 'active',
        schema: [{ name: 'orders', properties: [positioned, ...properties] }],
        customProperties: [{ property: 'lakehouseOrigin', value: 'bronze.x' }],
      }),
    ).contract;
    expect(contract?.key).toEqual(['b', 'a', 'id']);
  });

  it('reports everything that is wrong, each at its line', () => {
    const text = `apiVersion: v3.1.0
kind: DataContract
id: shop.silver.orders
version: 1.0
status: activ
shcema: []
schema:
  - name: orders
    properties:
      - name: id
        logicalType: integr
        primaryKey: yes
      - name: region
        logicalType: string
        quality:
          - metric: invalidValue
            mustBe: 0
          - metric: invalidValues
            arguments: { validValue: [EU] }
            mustBe: 0
          - metric: nullValues
            mustBe: 0
            severity: critical
slaProperties:
  - property: latency
    value: 2
    unit: d
    element: orders.regoin
customProperties:
  - property: lakehouseOrigine
    value: bronze.orders
`;
    const { contract, problems } = parseContract('silver.orders.odcs.yaml', text);
    expect(contract).toBeNull();
    expect(problems.map(({ line, column, code, fix }) => `${line}:${column} ${code} ${fix}`)).toEqual([
      '4:10 LH1103 Put it in quotes: `"1"`.',
      '5:9 LH1115 Did you mean `active`?',
      '6:1 LH1101 Did you mean `schema`?',
      '11:22 LH1104 Did you mean `integer`?',
      '12:21 LH1103 Write `true`.',
      '16:21 LH1104 Did you mean `invalidValues`?',
      '19:26 LH1205 Did you mean `validValues`?',
      '23:23 LH1207 Use one of: `error`, `warning`, `info`.',
      '28:14 LH1211 Did you mean `region`?',
      '30:15 LH1201 Did you mean `lakehouseOrigin`?',
    ]);
  });

  it.each([
    ['no key', { object: {}, properties: [] }, 'primaryKey: true', 'primaryKey: false', 'LH1112'],
    ['a version that is none', { root: { version: 'two' } }, '', '', 'LH1114'],
    ['another name than the file', {}, 'name: orders', 'name: order', 'LH1109'],
    ['another layer than the file', { custom: [{ property: 'lakehouseLayer', value: 'gold' }] }, '', '', 'LH1109'],
    ['two columns that Spark takes for one', { properties: [{ name: 'ID', logicalType: 'string' }] }, '', '', 'LH1108'],
    ['a column name that Delta refuses', { properties: [{ name: 'a b', logicalType: 'string' }] }, '', '', 'LH1108'],
    [
      'a column of the lakehouse itself',
      { properties: [{ name: '_batch_id', logicalType: 'string' }] },
      '',
      '',
      'LH1108',
    ],
    ['a column without a type', { properties: [{ name: 'a' }] }, '', '', 'LH1110'],
    ['a list without items', { properties: [{ name: 'a', logicalType: 'array' }] }, '', '', 'LH1110'],
    [
      'partitions and clustering',
      {
        properties: [{ name: 'a', logicalType: 'date', partitioned: true }],
        custom: [{ property: 'lakehouseClusteredBy', value: ['id'] }],
      },
      '',
      '',
      'LH1113',
    ],
    [
      'partitions of a list',
      { properties: [{ name: 'a', physicalType: 'array<int>', partitioned: true }] },
      '',
      '',
      'LH1113',
    ],
    [
      'a custom property of the other layer',
      { custom: [{ property: 'lakehouseAffectedKeys', value: { columns: ['id'] } }] },
      '',
      '',
      'LH1204',
    ],
    ['a custom property twice', { custom: [{ property: 'lakehouseOrigin', value: 'bronze.x' }] }, '', '', 'LH1204'],
    [
      'a custom property in the wrong place',
      { object: { customProperties: [{ property: 'lakehouseLayer', value: 'silver' }] } },
      '',
      '',
      'LH1204',
    ],
    [
      'a custom property of the wrong form',
      { custom: [{ property: 'lakehouseMaxQuarantine', value: 150 }] },
      '',
      '',
      'LH1202',
    ],
    [
      'an ordering column that is none',
      { custom: [{ property: 'lakehouseOrderingColumn', value: 'idd' }] },
      '',
      '',
      'LH1202',
    ],
    ['two schema objects', {}, 'customProperties:', '  - name: other\ncustomProperties:', 'LH1107'],
  ])('refuses %s', (_, sketch, from, to, code) => {
    const { contract, problems } = parseContract('silver.orders.odcs.yaml', contractText(sketch).replace(from, to));
    expect(contract).toBeNull();
    expect(problems.filter(({ severity }) => severity === 'error').map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.line).toBeGreaterThan(0);
  });

  it('refuses a file whose name does not say the table', () => {
    const { problems } = parseContract(
      'orders.yaml',
      contractText({ custom: [{ property: 'lakehouseLayer', value: 'silver' }] }),
    );
    expect(problems.map(({ code }) => code)).toEqual(['LH1007']);
  });

  it('refuses a silver table without an origin', () => {
    const text = contractText({}).replace('lakehouseOrigin', 'other');
    expect(parseContract('silver.orders.odcs.yaml', text).problems.map(({ code }) => code)).toEqual(['LH1203']);
  });

  it('leaves custom properties of other tools alone', () => {
    expect(problemsOf({ custom: [{ property: 'dbtModel', value: 'x' }] })).toEqual([]);
  });

  it('names every part of the standard that is not executed', () => {
    const { problems } = parseContract(
      'silver.orders.odcs.yaml',
      stringify(everything, { aliasDuplicateObjects: false }),
    );
    const warned = problems.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
    for (const part of [
      'servers',
      'roles',
      'support',
      'price',
      'slaDefaultElement',
      'valueExt',
      'scheduler',
      'schedule',
      'availability',
      'minLength',
      'pattern',
      'encryptedName',
      'transformLogic',
      'transformSourceObjects',
      'type `text`',
      'type `custom`',
      '`rule`',
      '`required` of a field',
    ]) {
      expect(warned).toContainEqual(expect.stringContaining(part));
    }
    for (const part of [
      'tags',
      'businessName',
      'authoritativeDefinitions',
      'description',
      'tenant',
      'examples',
      'criticalDataElement',
    ]) {
      expect(warned).not.toContainEqual(expect.stringContaining(`\`${part}\``));
    }
  });

  it('takes positions without a key for a mistake worth a warning', () => {
    expect(
      problemsOf({ properties: [{ name: 'a', logicalType: 'string', primaryKeyPosition: 2 }] }, 'warning'),
    ).toEqual([expect.stringContaining('LH1116')]);
  });

  it('never throws, and gives a contract only where nothing is wrong', () => {
    const check = (text: string): void => {
      const { contract, problems } = parseContract('silver.orders.odcs.yaml', text);
      expect(contract === null).toBe(problems.some(({ severity }) => severity === 'error'));
    };
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 300 });
    const broken = fc
      .tuple(mutations(everything), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([contract, at, text]) => {
        const written = stringify(contract, { aliasDuplicateObjects: false });
        return written.slice(0, at % (written.length + 1)) + text + written.slice(at % (written.length + 1));
      });
    fc.assert(fc.property(broken, check), { numRuns: 60 });
  });

  it('points every problem at a line of the file', () => {
    fc.assert(
      fc.property(mutations(everything), (contract) => {
        const text = stringify(contract, { aliasDuplicateObjects: false });
        const lines = text.split('\n');
        for (const { line, column, message, fix, code } of parseContract('silver.orders.odcs.yaml', text).problems) {
          expect(lines[line - 1]?.length ?? -1).toBeGreaterThanOrEqual(column - 1);
          expect(`${message} ${fix} ${code}`).toMatch(/\S.*\. .*[.?] LH1[0-2]\d\d$/s);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const example = `${process.env['LAKEHOUSE_REFERENCES'] ?? ''}/example/flights/contracts/silver.flights.odcs.yaml`;
(process.env['LAKEHOUSE_REFERENCES'] === undefined ? it.skip : it)(
  'reads the example once its origin is named as documented',
  () => {
    const text = readFileSync(example, 'utf8').replace('lakehouseFrom', 'lakehouseOrigin');
    expect(parseContract('silver.flights.odcs.yaml', text).problems).toEqual([]);
  },
);
