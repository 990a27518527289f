import type { Column, Plan } from '@lakehouse/plan';

function column(name: string, type: string, description: string): Column {
  const logicalType = type === 'bigint' ? 'integer' : type;
  return { name, type, logicalType, nullable: false, description, classification: null, tags: [], examples: [] };
}

const described = { column: null, dimension: 'consistency' };

/** A plan of one domain `shop`: a CSV source, `silver.orders`, `gold.revenue`, a dashboard of two charts. */
export const shopPlan: Plan = {
  version: 1,
  hash: 'a'.repeat(64),
  domains: [
    { name: 'shop', team: 'sales', description: 'Orders of the shop.', schedule: null, owners: ['sales@example.org'] },
  ],
  sources: [
    {
      kind: 'files',
      name: 'orders',
      domain: 'shop',
      table: 'bronze.orders',
      columns: ['order_id', 'amount'],
      drift: 'rescue',
      schedule: '@daily',
      connection: null,
      path: 'data/*.csv',
      format: { type: 'csv', header: true, delimiter: ',', quote: '"', encoding: 'utf-8', nullValue: null },
    },
  ],
  tables: [
    {
      layer: 'silver',
      name: 'silver.orders',
      domain: 'shop',
      team: 'sales',
      description: 'One row per order.',
      contract: {
        id: 'shop.silver.orders',
        name: 'Orders',
        version: '1.2.0',
        status: 'active',
        file: 'libs/domains/shop/contracts/silver.orders.odcs.yaml',
      },
      columns: [column('order_id', 'bigint', 'Number of the order.'), column('amount', 'bigint', 'Amount in cents.')],
      key: ['order_id'],
      partitionedBy: [],
      clusteredBy: [],
      checks: [],
      retention: null,
      fingerprint: 'f1',
      origin: 'bronze.orders',
      originColumns: ['order_id', 'amount'],
      projection: { kind: 'sql', alias: 'o', expressions: [{ column: 'order_id', expression: 'o.order_id' }] },
      rowRules: [
        {
          kind: 'expression',
          id: 'silver.orders/amount/required',
          column: 'amount',
          description: 'amount has a value',
          dimension: 'completeness',
          violation: 'amount is null',
        },
      ],
      orderingColumn: null,
      maxQuarantine: 5,
    },
    {
      layer: 'gold',
      name: 'gold.revenue',
      domain: 'shop',
      team: 'sales',
      description: 'Revenue of all orders.',
      contract: {
        id: 'shop.gold.revenue',
        name: 'Revenue',
        version: '1.0.0',
        status: 'active',
        file: 'libs/domains/shop/contracts/gold.revenue.odcs.yaml',
      },
      columns: [column('day', 'date', 'Day of the orders.'), column('revenue', 'bigint', 'Revenue in cents.')],
      key: ['day'],
      partitionedBy: [],
      clusteredBy: [],
      checks: [
        {
          ...described,
          id: 'gold.revenue/no-loss',
          description: 'no day loses money',
          scope: 'table',
          severity: 'error',
          measure: { kind: 'query', sql: 'select count(*) from ${table} where revenue < 0' },
          unit: 'rows',
          comparison: { operator: 'equal', value: 0 },
        },
      ],
      retention: null,
      fingerprint: 'f2',
      model: { kind: 'sql', file: 'libs/domains/shop/models/gold.revenue.sql', sql: 'select 1 from ${silver.orders}' },
      inputs: ['silver.orders'],
      affectedKeys: null,
    },
  ],
  opsTables: [],
  dashboards: [
    {
      name: 'overview',
      domain: 'shop',
      file: 'libs/domains/shop/dashboards/overview.yaml',
      title: 'How the shop does',
      description: 'Revenue in cents.',
      filters: [],
      charts: [
        {
          name: 'revenue_by_day',
          title: 'Revenue by day',
          kind: 'echarts_timeseries_line',
          table: 'gold.revenue',
          sql: 'select day, revenue from ${gold.revenue}',
          x: 'day',
          grain: null,
          by: [],
          series: null,
          where: null,
          values: [
            {
              column: 'revenue',
              label: 'cents',
              format: ',d',
              metric: { sql: 'sum(revenue)', written: 'sum(revenue)' },
            },
          ],
          limit: null,
          horizontal: false,
          width: 8,
        },
        {
          name: 'revenue_of_the_year',
          title: 'Revenue of the year',
          kind: 'big_number_total',
          table: 'gold.revenue',
          sql: 'select sum(revenue) as revenue from ${gold.revenue}',
          x: null,
          grain: null,
          by: [],
          series: null,
          where: null,
          values: [
            {
              column: 'revenue',
              label: 'cents',
              format: ',d',
              metric: { sql: 'sum(revenue)', written: 'sum(revenue)' },
            },
          ],
          limit: null,
          horizontal: false,
          width: 4,
        },
      ],
    },
  ],
};
