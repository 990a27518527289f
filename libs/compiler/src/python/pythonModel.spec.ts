import * as fc from 'fast-check';
import { compile } from '../compile.js';
import { ordersModel, salesModel, shopFiles, shopProblems } from '../workspace.fixture.js';
import { readPythonModel } from './pythonModel.js';

const head = 'from __future__ import annotations\n\nfrom pyspark.sql import DataFrame\n\n\n';
const model = `${head}def daily_sales(silver_orders: DataFrame, silver_customers: DataFrame) -> DataFrame:
    """Sales by day."""
    return _joined(silver_orders, silver_customers)


def _joined(left: DataFrame, right: DataFrame) -> DataFrame:
    return left.join(right)
`;

function read(text: string) {
  const { model: found, problems } = readPythonModel({ path: 'gold.t.py', text });
  return { found, problems: problems.map(({ code, line, message }) => `${code}:${line} ${message}`) };
}

test('one public function with its parameters', () => {
  const { found, problems } = read(model);
  expect(problems).toEqual([]);
  expect(found?.function).toBe('daily_sales');
  expect(found?.parameters.map(({ name }) => name)).toEqual(['silver_orders', 'silver_customers']);
});

test.each([
  ['def f(a: DataFrame) -> DataFrame:\n  return a\n'],
  ['def f(a: "DataFrame") -> sql.DataFrame:\n  return a\n'],
  ['@cached\ndef f(a: pyspark.sql.DataFrame,) -> DataFrame: return a\n'],
])('accepts %j', (text) => {
  expect(read(text).problems).toEqual([]);
});

test.each([
  ['def f(a: DataFrame -> DataFrame:\n  return a\n', 'LH1420:1'],
  [`${model}\nx = (\n`, 'LH1420'],
  ['x = 1\n', 'LH1421:0 The model has no public function.'],
  ['def _f(a: DataFrame) -> DataFrame:\n  return a\n', 'LH1421:0'],
  [`${model}\n\ndef other(): pass\n`, 'LH1421:15 The model has more than one public function: daily_sales, other.'],
  ['async def f(a: DataFrame) -> DataFrame:\n  return a\n', 'LH1422:1 `f` is asynchronous.'],
  ['def f(a: DataFrame):\n  return a\n', 'LH1422:1 `f` does not say that it returns a DataFrame.'],
  ['def f(\n  a,\n) -> DataFrame:\n  return a\n', 'LH1422:2 The parameter `a` is not typed as a DataFrame.'],
  ['def f(a: int) -> DataFrame:\n  return a\n', 'LH1422:1 The parameter `a` is not typed as a DataFrame.'],
  ['def f(a: DataFrame = None) -> DataFrame:\n  return a\n', 'LH1422:1 The parameter `a` is not a plain one.'],
  ['def f(*a: DataFrame) -> DataFrame:\n  return a\n', 'LH1422:1 The parameter `a` is not a plain one.'],
  ['def f() -> DataFrame:\n  return a\n', 'LH1422:1 `f` reads no table.'],
])('refuses %j', (text, expected) => {
  expect(read(text).problems).toEqual([expect.stringContaining(expected)]);
});

test('never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.nat({ max: model.length }).map((end) => model.slice(0, end)),
      ),
      (text) => {
        const { found, problems } = read(text);
        expect(found === null).toBe(problems.length > 0);
      },
    ),
  );
});

const python = salesModel.replace('.sql', '.py');

test('parameters are the inputs', async () => {
  const { plan } = await compile(shopFiles({ [salesModel]: null, [python]: model }));
  expect(plan?.tables.at(-1)).toMatchObject({
    inputs: ['silver.orders', 'silver.customers'],
    affectedKeys: { columns: ['day'], inputs: [] },
    model: {
      kind: 'python',
      source: model,
      function: 'daily_sales',
      parameters: [
        { name: 'silver_orders', table: 'silver.orders' },
        { name: 'silver_customers', table: 'silver.customers' },
      ],
    },
  });
});

test('a parameter that names no table is reported where it stands', async () => {
  const text = model.replaceAll('silver_customers', 'silver_custmers');
  expect(await shopProblems({ [salesModel]: null, [python]: text })).toEqual(
    expect.arrayContaining([
      expect.stringContaining('LH1502 gold.daily_sales.py:6 The parameter `silver_custmers`: There is no table'),
    ]),
  );
});

test('two models of one table are refused', async () => {
  expect(await shopProblems({ [python]: model })).toEqual([expect.stringContaining('LH1402 gold.daily_sales.py:0')]);
});

test('a silver model in Python reads its origin alone, and the source says which columns that needs', async () => {
  const silver = ordersModel.replace('.sql', '.py');
  const problems = await shopProblems({
    [ordersModel]: null,
    [silver]: 'def orders(x: DataFrame) -> DataFrame:\n  return x\n',
  });
  expect(problems).toEqual([
    expect.stringContaining('LH1424 silver.orders.py:1'),
    expect.stringContaining('LH1423 silver.orders.py:1'),
  ]);
});
