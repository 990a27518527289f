import { compile } from './compile.js';
import type { SourceFile } from './text/problemIn.js';

/** Texts by path; null removes a file of the workspace. */
export type Edits = Readonly<Record<string, string | null>>;

export const domainFile = 'libs/domains/shop/domain.yaml';
export const ordersContract = 'libs/domains/shop/contracts/silver.orders.odcs.yaml';
export const customersContract = 'libs/domains/shop/contracts/silver.customers.odcs.yaml';
export const salesContract = 'libs/domains/shop/contracts/gold.daily_sales.odcs.yaml';
export const ordersModel = 'libs/domains/shop/models/silver.orders.sql';
export const salesModel = 'libs/domains/shop/models/gold.daily_sales.sql';
export const salesDashboard = 'libs/domains/shop/dashboards/sales.yaml';

const contract = (table: string, properties: string, custom: string, rest = ''): string => {
  const [layer = '', name = ''] = table.split('.');
  return `apiVersion: v3.1.0
kind: DataContract
id: shop.${table}
name: ${name}
version: 1.0.0
status: active
domain: shop
schema:
  - name: ${name}
    physicalType: table
    logicalType: object
${rest}    properties:
${properties}customProperties:
  - property: lakehouseLayer
    value: ${layer}
${custom}`;
};

const key = (name: string, type = 'integer'): string =>
  `      - name: ${name}\n        logicalType: ${type}\n        required: true\n        primaryKey: true\n`;
const column = (name: string, type: string, rest = ''): string =>
  `      - name: ${name}\n        logicalType: ${type}\n${rest}`;

/** A domain of two silver tables, one gold table and a dashboard, all in order. */
export const shop: Readonly<Record<string, string>> = {
  [domainFile]: `domain: shop
team: sales
description: A small shop.
schedule: "@daily"
sources:
  - name: orders
    kind: files
    path: "orders/*.csv"
    format: { type: csv }
    into: bronze.orders
  - name: customers
    kind: database
    connection: shop_db
    table: customers
    watermark: { column: updated_at, lag: 2h }
    into: bronze.customers
`,
  [ordersContract]: contract(
    'silver.orders',
    key('id') +
      column(
        'customer',
        'integer',
        '        required: true\n        relationships:\n          - type: foreignKey\n            to: customers.id\n',
      ) +
      column('day', 'date', '        required: true\n') +
      column('amount', 'number'),
    '  - property: lakehouseOrigin\n    value: bronze.orders\n',
  ),
  [customersContract]: contract(
    'silver.customers',
    key('id') + column('name', 'string') + column('updated_at', 'timestamp', '        required: true\n'),
    '  - property: lakehouseOrigin\n    value: bronze.customers\n  - property: lakehouseOrderingColumn\n    value: updated_at\n',
  ),
  [salesContract]: contract(
    'gold.daily_sales',
    key('day', 'date') + key('name', 'string') + column('orders', 'integer') + column('amount', 'number'),
    '  - property: lakehouseAffectedKeys\n    value: { columns: [day] }\n',
    `    quality:
      - name: no order is lost
        type: sql
        query: select (select sum(orders) from \${table}) - (select count(*) from silver.orders)
        mustBe: 0
`,
  ),
  [ordersModel]: `select
  o.id,
  o.customer as customer,
  try_to_date(o.day, 'yyyy-MM-dd') as day,
  o.amount
from bronze.orders o
`,
  [salesModel]: `select
  o.day,
  coalesce(c.name, 'unknown') as name,
  count(*) as orders,
  sum(o.amount) as amount
from silver.orders o
left join silver.customers c on c.id = o.customer
group by o.day, coalesce(c.name, 'unknown')
`,
  [salesDashboard]: `dashboard: sales
title: What the shop sells
filters: [day]
charts:
  - title: Amount an order
    type: echarts_timeseries_line
    table: gold.daily_sales
    x: day
    grain: month
    by: [name]
    metric: { expression: sum(amount) / sum(orders), label: amount an order, format: ",.2f" }
`,
};

/** The files of the shop with some of them changed. */
export function shopFiles(edits: Edits = {}): readonly SourceFile[] {
  return Object.entries({ ...shop, ...edits }).flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
}

/** What the compiler says of the shop, as `code file:line message`. */
export async function shopProblems(edits: Edits): Promise<readonly string[]> {
  const { problems } = await compile(shopFiles(edits));
  return problems.map(
    ({ code, file, line, message, fix }) => `${code} ${file.split('/').at(-1)}:${line} ${message} ${fix}`,
  );
}

/** One file of the shop with a text replaced; fails where the text is not in it. */
export function edited(path: string, from: string, to: string): Edits {
  const text = shop[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  return { [path]: text.replace(from, to) };
}
