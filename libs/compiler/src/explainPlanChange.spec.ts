import type { Plan } from '@lakehouse/plan';
import { compile } from './compile.js';
import { explainPlanChange } from './explainPlanChange.js';
import {
  customersContract,
  domainFile,
  type Edits,
  edited,
  ordersContract,
  ordersModel,
  salesContract,
  salesDashboard,
  salesModel,
  shopFiles,
} from './workspace.fixture.js';

async function planOf(edits: Edits = {}): Promise<Plan> {
  const { plan, problems } = await compile(shopFiles(edits));
  if (!plan) throw new Error(JSON.stringify(problems));
  return plan;
}

async function changes(edits: Edits): Promise<readonly string[]> {
  const explained = explainPlanChange(await planOf(), await planOf(edits));
  return explained.map(({ table, action, reason }) => `${table} ${action}${reason === null ? '' : `: ${reason}`}`);
}

const nothing = ['silver.customers nothing', 'silver.orders nothing', 'gold.daily_sales nothing'];

test('a first plan builds everything', async () => {
  expect(explainPlanChange(null, await planOf()).map(({ action, reason }) => [action, reason])).toEqual([
    ['rebuild', 'new table'],
    ['rebuild', 'new table'],
    ['rebuild', 'new table'],
  ]);
});

test.each<[string, Edits]>([
  ['nothing', {}],
  ['a comment in a model', edited(salesModel, 'select\n', 'select -- what each day brought\n')],
  ['the indentation of a model', edited(salesModel, '  count(*)', '      count(*)')],
  ['a description', edited(salesContract, 'version: 1.0.0', 'version: 1.0.1\ndescription: { purpose: Sales by day. }')],
  ['a tag', edited(ordersContract, '      - name: amount\n', '      - name: amount\n        tags: [money]\n')],
  ['a check', edited(salesContract, 'mustBe: 0', 'mustBeLessThan: 5')],
  ['a dashboard', edited(salesDashboard, 'title: Amount an order', 'title: How much an order brings')],
  ['the schedule', edited(domainFile, '@daily', '@hourly')],
  [
    'the schedule of a source',
    edited(domainFile, 'into: bronze.orders', 'into: bronze.orders\n    schedule: "@hourly"'),
  ],
  [
    'affected keys',
    edited(
      salesContract,
      'columns: [day] }',
      'columns: [day, name], inputs: { silver.customers: [null, name] } }'.replace('null, name', 'updated_at, name'),
    ),
  ],
])('%s rebuilds nothing', async (_, edits) => {
  expect(await changes(edits)).toEqual(nothing);
});

test.each<[string, Edits, readonly string[]]>([
  [
    'a model',
    edited(salesModel, "'unknown') as", "'nobody') as"),
    ['silver.customers nothing', 'silver.orders nothing', 'gold.daily_sales rebuild: model changed'],
  ],
  [
    'a text inside a string',
    edited(salesModel, "'unknown') as", "' unknown') as"),
    ['silver.customers nothing', 'silver.orders nothing', 'gold.daily_sales rebuild: model changed'],
  ],
  [
    'a silver model',
    edited(ordersModel, '  o.id,', '  abs(o.id) as id,'),
    [
      'silver.customers nothing',
      'silver.orders rebuild: model changed',
      'gold.daily_sales rebuild: input silver.orders changed',
    ],
  ],
  [
    'a type',
    edited(
      ordersContract,
      '- name: amount\n        logicalType: number',
      '- name: amount\n        logicalType: integer',
    ),
    [
      'silver.customers nothing',
      'silver.orders rebuild: column amount: double becomes bigint; row rule silver.orders/amount/type changed'.replace(
        '; row rule silver.orders/amount/type changed',
        '',
      ),
      'gold.daily_sales rebuild: input silver.orders changed',
    ],
  ],
  [
    'a new column',
    {
      ...edited(
        customersContract,
        '      - name: name\n',
        '      - name: city\n        logicalType: string\n      - name: name\n',
      ),
    },
    [
      'silver.customers rebuild: column city added; model changed',
      'silver.orders nothing',
      'gold.daily_sales rebuild: input silver.customers changed',
    ],
  ],
  [
    'a row rule',
    edited(
      ordersContract,
      '      - name: amount\n        logicalType: number\n',
      '      - name: amount\n        logicalType: number\n        required: true\n',
    ),
    [
      'silver.customers nothing',
      'silver.orders rebuild: column amount is required; row rule silver.orders/amount/required added',
      'gold.daily_sales rebuild: input silver.orders changed',
    ],
  ],
  [
    'the ordering column',
    edited(customersContract, '  - property: lakehouseOrderingColumn\n    value: updated_at\n', ''),
    [
      'silver.customers rebuild: ordering column changed',
      'silver.orders nothing',
      'gold.daily_sales rebuild: input silver.customers changed',
    ],
  ],
  [
    'a source',
    edited(domainFile, 'orders/*.csv', 'orders/*.csv.gz'),
    ['silver.customers nothing', 'silver.orders append: source orders changed', 'gold.daily_sales nothing'],
  ],
  [
    'a table that goes',
    { [salesContract]: null, [salesModel]: null, [salesDashboard]: null },
    [
      'silver.customers nothing',
      'silver.orders nothing',
      'gold.daily_sales remove: no longer in the plan; its data stays',
    ],
  ],
])('%s has its reason', async (_, edits, expected) => {
  expect(await changes(edits)).toEqual(expected);
});

test('equal content gives equal hashes, and any other another one', async () => {
  const plan = await planOf();
  expect((await planOf({ 'libs/domains/shop/README.md': '# Shop' })).hash).toBe(plan.hash);
  expect((await planOf(edited(domainFile, '@daily', '@hourly'))).hash).not.toBe(plan.hash);
});
