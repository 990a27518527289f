import { planSchema } from '@lakehouse/plan';
import * as fc from 'fast-check';
import { generateWorkspace } from './bench/generateWorkspace.js';
import { compile } from './compile.js';
import {
  customersContract,
  domainFile,
  edited,
  type Edits,
  ordersContract,
  ordersModel,
  salesContract,
  salesDashboard,
  salesModel,
  shop,
  shopFiles,
  shopProblems,
} from './workspace.fixture.js';

async function shopPlan(edits = {}) {
  const { plan, problems } = await compile(shopFiles(edits));
  if (!plan) throw new Error(JSON.stringify(problems, null, 1));
  return plan;
}

test('a workspace in order becomes a valid plan without problems', async () => {
  const { plan, problems } = await compile(shopFiles());
  expect(problems).toEqual([]);
  expect(planSchema.parse(plan)).toEqual(plan);
  expect(plan?.tables.map(({ name }) => name)).toEqual(['silver.customers', 'silver.orders', 'gold.daily_sales']);
  expect(plan?.sources.map(({ name, columns }) => [name, columns])).toEqual([
    ['customers', ['id', 'name', 'updated_at']],
    ['orders', ['id', 'customer', 'day', 'amount']],
  ]);
});

test('a source has a schedule of its own, that of its domain, or none', async () => {
  const own = edited(domainFile, 'into: bronze.orders', 'into: bronze.orders\n    schedule: "*/5 * * * *"');
  const schedules = async (edits = {}) => (await shopPlan(edits)).sources.map(({ name, schedule }) => [name, schedule]);

  expect(await schedules(own)).toEqual([
    ['customers', '@daily'],
    ['orders', '*/5 * * * *'],
  ]);
  expect(await schedules(edited(domainFile, 'schedule: "@daily"\n', ''))).toEqual([
    ['customers', null],
    ['orders', null],
  ]);
});

const visitsContract = 'libs/domains/shop/contracts/ops.visits.odcs.yaml';
const visits = (rest = '') => ({
  [visitsContract]: (shop[salesContract] ?? '')
    .replaceAll('gold.daily_sales', 'ops.visits')
    .replaceAll('daily_sales', 'visits')
    .replace('value: gold', 'value: ops')
    .replace(/ {4}quality:[^]*?(?= {4}properties)/, rest)
    .replace(/ {2}- property: lakehouseAffectedKeys[^]*$/, ''),
});

test('an ops table is described, can be shown, and is not built', async () => {
  const plan = await shopPlan({
    ...visits(),
    ...edited(salesDashboard, 'table: gold.daily_sales', 'table: ops.visits'),
  });
  expect(plan.opsTables.map(({ layer, name, key }) => [layer, name, key])).toEqual([
    ['ops', 'ops.visits', ['day', 'name']],
  ]);
  expect(plan.tables.map(({ name }) => name)).not.toContain('ops.visits');
  expect(plan.dashboards[0]?.charts[0]?.sql).toContain('from ${ops.visits}');
});

test('a rule on an ops table is refused, because nobody would judge it', async () => {
  const rule = '    quality:\n      - type: library\n        metric: rowCount\n        mustBeGreaterThan: 0\n';
  expect(await shopProblems(visits(rule))).toEqual([
    expect.stringMatching(/^LH1523 ops.visits.odcs.yaml:1[0-9] `ops.visits` is written by the runtime/),
  ]);
});

test('models become SQL that the runtime can place tables in', async () => {
  const { tables } = await shopPlan();
  expect(tables.find(({ name }) => name === 'gold.daily_sales')).toMatchObject({
    model: { kind: 'sql', sql: expect.stringContaining('from ${silver.orders} o\nleft join ${silver.customers} c on') },
    inputs: ['silver.orders', 'silver.customers'],
    affectedKeys: { columns: ['day'], inputs: [{ table: 'silver.orders', expressions: ['day'] }] },
  });
  expect(tables.find(({ name }) => name === 'silver.orders')).toMatchObject({
    projection: {
      alias: 'o',
      expressions: expect.arrayContaining([{ column: 'day', expression: "try_to_date(o.day, 'yyyy-MM-dd')" }]),
    },
    originColumns: ['id', 'customer', 'day', 'amount'],
    rowRules: expect.arrayContaining([
      expect.objectContaining({
        kind: 'reference',
        reference: { columns: ['customer'], parent: 'silver.customers', parentColumns: ['id'] },
      }),
    ]),
  });
  expect(tables.find(({ name }) => name === 'silver.customers')).toMatchObject({
    projection: {
      alias: 'customers',
      expressions: expect.arrayContaining([{ column: 'name', expression: 'customers.name' }]),
    },
  });
});

test('a key of another type than its expression is cast as gold casts it', async () => {
  const { tables } = await shopPlan({
    ...edited(salesModel, '  o.day,', "  date_trunc('month', o.day) as day,"),
  });
  expect(tables.at(-1)).toMatchObject({
    affectedKeys: { inputs: [{ expressions: ["cast(date_trunc('month', day) as date)"] }] },
  });
});

const faults: readonly (readonly [string, Edits, string])[] = [
  ['broken YAML', { [domainFile]: 'domain: [shop' }, 'LH1001 domain.yaml:1'],
  [
    'an unknown key',
    edited(domainFile, '    path:', '    paht: x\n    path:'),
    'LH1301 domain.yaml:8 The key `paht` is not known here. Did you mean `path`?',
  ],
  ['a missing key', edited(domainFile, '    table: customers\n', ''), 'LH1302 domain.yaml:11'],
  [
    'an unknown kind',
    edited(domainFile, 'kind: database', 'kind: datbase'),
    'LH1304 domain.yaml:12 `sources[1].kind` cannot be "datbase". Did you mean `database`?',
  ],
  ['a bad lag', edited(domainFile, 'lag: 2h', 'lag: 2 hours'), 'LH1305 domain.yaml:15'],
  [
    'an unknown key in a silver contract',
    edited(ordersContract, 'name: amount\n        logicalType: number', 'name: amount\n        logicalTyp: number'),
    'LH1101 silver.orders.odcs.yaml:27',
  ],
  [
    'an unknown type in a contract that is referred to',
    edited(customersContract, 'logicalType: string', 'logicalType: text'),
    'LH1104 silver.customers.odcs.yaml:18',
  ],
  [
    'an unknown operator in a gold contract',
    edited(salesContract, 'mustBe: 0', 'mustBee: 0'),
    'LH1101 gold.daily_sales.odcs.yaml:16',
  ],
  ['a contract that is no YAML', { [customersContract]: 'schema: [' }, 'LH1001 silver.customers.odcs.yaml:1'],
  ['two sources of one bronze table', edited(domainFile, 'bronze.customers', 'bronze.orders'), 'LH1310 domain.yaml:16'],
  ['two sources of one name', edited(domainFile, 'name: customers', 'name: orders'), 'LH1311 domain.yaml:11'],
  [
    'a source that nobody reads',
    edited(
      domainFile,
      'sources:\n',
      'sources:\n  - { name: x, kind: files, path: x, format: { type: parquet }, into: bronze.x }\n',
    ),
    'LH1312 domain.yaml:6',
  ],
  [
    'an origin that nobody fills',
    edited(ordersContract, 'value: bronze.orders', 'value: bronze.oders'),
    'LH1505 silver.orders.odcs.yaml:32 No source fills `bronze.oders`.',
  ],
  [
    'a domain in the wrong folder',
    edited(ordersContract, 'domain: shop', 'domain: shops'),
    'LH1315 silver.orders.odcs.yaml:7',
  ],
  [
    'a model without a contract',
    { 'libs/domains/shop/models/gold.daily_sale.sql': 'select 1 as a from silver.orders' },
    'LH1402 gold.daily_sale.sql:0',
  ],
  ['gold without a model', { [salesModel]: null }, 'LH1433 gold.daily_sales.odcs.yaml:1'],
  ['a file of no known name', { 'libs/domains/shop/models/sales.sql': 'select 1' }, 'LH1321 sales.sql:0'],
  ['a file of no domain', { 'libs/domains/other/models/gold.a.sql': 'select 1' }, 'LH1320 gold.a.sql:0'],
  ['a syntax error', edited(salesModel, 'group by', 'group bye'), 'LH1401 gold.daily_sales.sql:8'],
  [
    'an unknown table',
    edited(salesModel, 'silver.customers', 'silver.custommers'),
    'LH1502 gold.daily_sales.sql:7 There is no table `silver.custommers`. Did you mean `silver.customers`?',
  ],
  [
    'a table without its layer',
    edited(salesModel, 'silver.customers', 'customers'),
    'LH1502 gold.daily_sales.sql:7 `customers` is neither a CTE nor a table with its layer. Write `silver.customers`.',
  ],
  ['bronze in gold', edited(salesModel, 'silver.customers', 'bronze.customers'), 'LH1503 gold.daily_sales.sql:7'],
  [
    'quarantine in gold',
    edited(salesModel, 'silver.customers', '`quarantine`.customers'),
    'LH1503 gold.daily_sales.sql:7',
  ],
  ['a star in gold', edited(salesModel, 'sum(o.amount) as amount', 'o.*'), 'LH1403 gold.daily_sales.sql:5'],
  [
    'an expression without a name',
    edited(salesModel, 'count(*) as orders', 'count(*)'),
    'LH1405 gold.daily_sales.sql:1 The 3. expression',
  ],
  ['a column twice', edited(salesModel, 'count(*) as orders', 'count(*) as day'), 'LH1406 gold.daily_sales.sql:4'],
  [
    'a column that is missing',
    edited(salesModel, '  count(*) as orders,\n', ''),
    'LH1430 gold.daily_sales.sql:1 The model does not yield `orders`',
  ],
  [
    'a column that is misspelt',
    edited(salesModel, 'as orders', 'as order_'),
    'LH1431 gold.daily_sales.sql:4 The model yields `order_`, which the contract of `gold.daily_sales` does not have. Did you mean `orders`?',
  ],
  [
    'the clock in gold',
    edited(salesModel, 'group by', 'where o.day < current_date\ngroup by'),
    'LH1407 gold.daily_sales.sql:8',
  ],
  [
    'an old version of a table',
    edited(salesModel, 'silver.orders o', 'silver.orders version as of 3 o'),
    'LH1434 gold.daily_sales.sql:6',
  ],
  [
    'columns by the whole table name',
    edited(salesModel, 'sum(o.amount)', 'sum(silver.orders.amount)'),
    'LH1432 gold.daily_sales.sql:5',
  ],
  [
    'a table function that reads what it likes',
    edited(salesModel, 'silver.customers c', "identifier('silver.customers') c"),
    'LH1404 gold.daily_sales.sql:7',
  ],
  [
    'a silver model of another table',
    edited(ordersModel, 'bronze.orders', 'bronze.customers'),
    'LH1410 silver.orders.sql:6',
  ],
  [
    'a silver column missing',
    edited(ordersModel, '  o.amount\n', '  o.amount as amout\n'),
    'LH1431 silver.orders.sql:5',
  ],
  [
    'an aggregate as affected key',
    edited(salesContract, 'columns: [day]', 'columns: [orders]'),
    'LH1440 gold.daily_sales.odcs.yaml:34',
  ],
  [
    'a mapping of no input',
    edited(salesContract, 'columns: [day] }', 'columns: [day], inputs: { silver.order: [day] } }'),
    'LH1441 gold.daily_sales.odcs.yaml:34',
  ],
  [
    'a mapping of a column that is not there',
    edited(salesContract, 'columns: [day] }', 'columns: [day], inputs: { silver.customers: [dya] } }'),
    'LH1443 gold.daily_sales.odcs.yaml:34',
  ],
  [
    'a mapping with an aggregate',
    edited(salesContract, 'columns: [day] }', 'columns: [day], inputs: { silver.customers: [max(id)] } }'),
    'LH1443 gold.daily_sales.odcs.yaml:34',
  ],
  [
    'affected keys without a mapping',
    edited(salesContract, 'columns: [day]', 'columns: [day, name]'),
    'LH1444 gold.daily_sales.odcs.yaml:34',
  ],
  [
    'a reference to no table',
    edited(ordersContract, 'customers.id', 'custmers.id'),
    'LH1510 silver.orders.odcs.yaml:22 There is no table `custmers` to refer to. Did you mean `customers`?',
  ],
  [
    'a reference to no column',
    edited(ordersContract, 'customers.id', 'customers.idd'),
    'LH1511 silver.orders.odcs.yaml:22',
  ],
  [
    'a reference to no key',
    edited(ordersContract, 'customers.id', 'customers.updated_at'),
    'LH1512 silver.orders.odcs.yaml:22',
  ],
  [
    'a reference of another type',
    edited(customersContract, 'logicalType: integer', 'logicalType: string'),
    'LH1513 silver.orders.odcs.yaml:22',
  ],
  [
    'a reference to gold from silver',
    edited(ordersContract, 'customers.id', 'daily_sales.day'),
    'LH1510 silver.orders.odcs.yaml:22',
  ],
  [
    'a rule on an unknown table',
    edited(salesContract, 'from silver.orders', 'from silver.oders'),
    'LH1520 gold.daily_sales.odcs.yaml:15',
  ],
  [
    'a rule with broken SQL',
    edited(salesContract, 'select (select sum', 'select (selct sum'),
    'LH1521 gold.daily_sales.odcs.yaml:15',
  ],
  [
    'a rule on an unknown column',
    edited(
      salesContract,
      'select (select sum(orders) from ${table}) - (select count(*) from silver.orders)',
      'select count(*) from ${table} where order_ < 0',
    ),
    'LH1522 gold.daily_sales.odcs.yaml:15',
  ],
  [
    'a chart of an unknown table',
    edited(salesDashboard, 'gold.daily_sales', 'gold.dayly_sales'),
    'LH1610 sales.yaml:7',
  ],
];

test.each(faults)('%s is reported at its place', async (_, edits, expected) => {
  expect(await shopProblems(edits)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
});

/** Problems that come of comparing a file with another: they cannot be told while that one is faulty. */
const compared: readonly (readonly [RegExp, readonly string[]])[] = [
  [/domain\.yaml$/, ['LH1312', 'LH1315', 'LH1505']],
  [
    /contracts\//,
    ['LH1312', 'LH1410', 'LH1430', 'LH1431', 'LH1443', 'LH1444', 'LH1505', 'LH1510', 'LH1511', 'LH1512', 'LH1513'],
  ],
  [/models\//, ['LH1402', 'LH1410', 'LH1440', 'LH1441', 'LH1443', 'LH1444']],
];

test('of two faults in different files both are reported, and nothing that only follows from them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...faults), fc.constantFrom(...faults), async ([, one], [, other]) => {
      fc.pre(!Object.keys(one).some((path) => path in other));
      const untold = [...Object.keys(one), ...Object.keys(other)].flatMap((path) =>
        compared.flatMap(([pattern, codes]) => (pattern.test(path) ? codes : [])),
      );
      const told = (problems: readonly string[]): string[] =>
        problems.filter((problem) => !untold.some((code) => problem.startsWith(code))).toSorted();
      const alone = new Set([...told(await shopProblems(one)), ...told(await shopProblems(other))]);
      expect(told(await shopProblems({ ...one, ...other }))).toEqual([...alone].toSorted());
    }),
    { numRuns: Number(process.env['LAKEHOUSE_TEST_RUNS'] ?? 100) },
  );
});

test('a faulty domain.yaml or contract hides nothing of the other files', async () => {
  const problems = await shopProblems({
    ...edited(domainFile, 'lag: 2h', 'lag: 2 hours'),
    ...edited(customersContract, 'logicalType: string', 'logicalType: text'),
    ...edited(ordersContract, 'customers.id', 'custmers.id'),
    ...edited(salesModel, 'silver.orders', 'silver.order'),
    ...edited(salesContract, 'from silver.orders', 'from silver.oders'),
    ...edited(salesDashboard, 'gold.daily_sales', 'gold.dayly_sales'),
  });
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'LH1520 gold.daily_sales.odcs.yaml',
    'LH1104 silver.customers.odcs.yaml',
    'LH1510 silver.orders.odcs.yaml',
    'LH1610 sales.yaml',
    'LH1305 domain.yaml',
    'LH1502 gold.daily_sales.sql',
  ]);
});

test('a faulty contract is judged further where that can be told', async () => {
  const other = (shop[ordersContract] ?? '')
    .replace('customers.id', 'custmers.id')
    .replace('name: amount', 'name: amount\n        lable: x');
  expect(await shopProblems({ [ordersContract]: other })).toEqual([
    expect.stringContaining('LH1510 silver.orders.odcs.yaml:22'),
    expect.stringContaining('LH1101 silver.orders.odcs.yaml:27'),
  ]);
});

test('one mistake is one problem', async () => {
  expect(await shopProblems(edited(ordersContract, 'logicalType: date', 'logicalType: dat'))).toHaveLength(1);
  expect(await shopProblems(edited(salesModel, 'silver.customers', 'silver.custommers'))).toHaveLength(1);
  expect(await shopProblems({ [ordersModel]: 'select' })).toHaveLength(1);
  expect(
    await shopProblems(edited(ordersContract, 'name: day\n        logicalType', 'name: day\n        logicalTyp')),
  ).toHaveLength(1);
  const misspelt = edited(salesModel, 'silver.customers', 'silver.custommers');
  const mapped = edited(
    salesContract,
    'columns: [day] }',
    'columns: [day], inputs: { silver.customers: [updated_at] } }',
  );
  expect(await shopProblems({ ...misspelt, ...mapped })).toHaveLength(1);
});

test('a cycle is named', async () => {
  const other = (shop[salesContract] ?? '').replaceAll('daily_sales', 'other');
  const problems = await shopProblems({
    [salesModel]: (shop[salesModel] ?? '').replace('silver.customers c', 'gold.other c'),
    [salesContract.replace('daily_sales', 'other')]: other,
    [salesModel.replace('daily_sales', 'other')]: (shop[salesModel] ?? '').replace(
      'silver.customers c',
      'gold.daily_sales c',
    ),
  });
  expect(problems.filter((problem) => problem.startsWith('LH1506'))).toEqual([
    expect.stringContaining('gold.daily_sales → gold.other → gold.daily_sales'),
  ]);
});

test('two contracts of one name are refused, whichever domain they are in', async () => {
  const problems = await shopProblems({
    'libs/domains/mall/domain.yaml': 'domain: mall\nteam: mall\n',
    'libs/domains/mall/contracts/gold.daily_sales.odcs.yaml': (shop[salesContract] ?? '').replace(
      'domain: shop',
      'domain: mall',
    ),
    'libs/domains/mall/models/gold.daily_sales.sql': shop[salesModel] ?? '',
  });
  expect(problems).toEqual(expect.arrayContaining([expect.stringContaining('LH1501')]));
});

test("another domain's gold can be read, its silver cannot", async () => {
  const mall = (input: string) => ({
    'libs/domains/mall/domain.yaml': 'domain: mall\nteam: mall\n',
    'libs/domains/mall/contracts/gold.sales.odcs.yaml': (shop[salesContract] ?? '')
      .replaceAll('daily_sales', 'sales')
      .replace('domain: shop', 'domain: mall')
      .replace(/ {4}quality:[^]*? {4}properties:/, '    properties:'),
    'libs/domains/mall/models/gold.sales.sql': `select day, 'x' as name, 1 as orders, 1 as amount from ${input}`,
  });
  expect(await shopProblems(mall('gold.daily_sales'))).toEqual([]);
  expect(await shopProblems(mall('silver.orders'))).toEqual([expect.stringContaining('LH1504 gold.sales.sql:1')]);
});

test('the plan does not depend on the order of the files', async () => {
  const files = [...shopFiles(), ...generateWorkspace({ tables: 6, columns: 5 })];
  const expected = await compile(files);
  expect(expected.plan).not.toBeNull();
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
      expect(await compile(shuffled)).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

test('rubbish in any file never throws and never passes silently', async () => {
  const paths = Object.keys(shop);
  const rubbish = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ':',
          '- ',
          '\n',
          '  ',
          'select ',
          'from ',
          'def ',
          '(',
          ')',
          '&a',
          '*a',
          '|',
          'domain',
          'schema',
          '\t',
        ),
      )
      .map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), rubbish, async (path, text) => {
      const { plan, problems } = await compile(shopFiles({ [path]: text }));
      expect(plan).toBeNull();
      expect(problems.some((problem) => problem.severity === 'error')).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('damage in the middle of a file never throws', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.entries(shop)),
      fc.nat(),
      fc.nat({ max: 20 }),
      fc.string(),
      async ([path, text], place, length, inserted) => {
        const start = place % text.length;
        const damaged = text.slice(0, start) + inserted + text.slice(start + length);
        const { plan, problems } = await compile(shopFiles({ [path]: damaged }));
        expect(plan === null).toBe(problems.some((problem) => problem.severity === 'error'));
      },
    ),
    { numRuns: 300 },
  );
});
