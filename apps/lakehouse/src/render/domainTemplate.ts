/** A file of a new domain; `path` is relative to the folder of the domain. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

function domainYaml(name: string): string {
  return `# A data product: where its data comes from, who owns it, when it runs.
domain: ${name}
team: ${name}
description: Orders and their revenue by day.
owners: [${name}@example.org]
schedule: "@daily"
sources:
  # Other kinds: database (SQLite) and http (JSON). Their URLs come from connections.yaml or LAKEHOUSE_CONNECTION_<NAME>.
  - name: ${name}_orders
    kind: files
    path: "libs/domains/${name}/data/*.csv"
    format: { type: csv, header: true }
    into: bronze.${name}_orders
`;
}

const sample = `order_id,ordered_at,customer,product,quantity,unit_price
1001,2026-01-05T09:12:00Z,Ada,notebook,3,4.50
1002,2026-01-05T11:40:00Z,Grace,pencil,12,0.80
1003,2026-01-06T08:05:00Z,Alan,notebook,1,4.50
1004,2026-01-06T16:31:00Z,Edsger,ruler,2,2.25
1005,2026-01-07T10:02:00Z,Ada,pencil,5,0.80
1006,2026-01-07T13:47:00Z,Barbara,notebook,4,4.50
1007,2026-01-08T09:30:00Z,Grace,ruler,1,2.25
1008,2026-01-08T15:18:00Z,Alan,pencil,20,0.75
`;

function header(name: string, layer: string, table: string, title: string): string {
  return `apiVersion: v3.1.0
kind: DataContract
id: ${name}.${layer}.${table}
name: ${title}
version: 1.0.0
status: active
domain: ${name}
team:
  name: ${name}
  members:
    - username: ${name}@example.org
      role: owner
`;
}

function silverContract(name: string): string {
  const table = `${name}_orders`;
  return `${header(name, 'silver', table, 'Orders')}schema:
  - name: ${table}
    physicalType: table
    logicalType: object
    description: One row per order.
    properties:
      - name: order_id
        logicalType: integer
        required: true
        primaryKey: true
        primaryKeyPosition: 1
        description: Number of the order.
      - name: ordered_at
        logicalType: timestamp
        required: true
        description: When it was ordered, UTC.
      - name: customer
        logicalType: string
        required: true
        description: Who ordered.
        classification: personal
      - name: product
        logicalType: string
        required: true
        description: What was ordered.
        # A row that breaks a rule of severity error goes to quarantine, the others go on.
        quality:
          - type: library
            metric: invalidValues
            arguments:
              validValues: [notebook, pencil, ruler]
            mustBe: 0
            severity: error
            dimension: conformity
      - name: quantity
        logicalType: integer
        required: true
        description: Pieces.
      - name: unit_price
        logicalType: number
        physicalType: decimal(10,2)
        required: true
        description: Price of one piece in euros.
customProperties:
  - property: lakehouseLayer
    value: silver
  - property: lakehouseOrigin
    value: bronze.${table}
`;
}

function goldContract(name: string): string {
  const table = `${name}_revenue_by_day`;
  return `${header(name, 'gold', table, 'Revenue by day')}schema:
  - name: ${table}
    physicalType: table
    logicalType: object
    description: One row per day and product; all numbers can be added up.
    quality:
      # A check of severity error that fails keeps gold as it was.
      - name: no day loses money
        type: sql
        query: select count(*) from \${table} where revenue < 0
        mustBe: 0
        severity: error
        dimension: conformity
    properties:
      - name: order_date
        logicalType: date
        required: true
        primaryKey: true
        primaryKeyPosition: 1
        description: Day of the orders, UTC.
      - name: product
        logicalType: string
        required: true
        primaryKey: true
        primaryKeyPosition: 2
        description: What was ordered.
      - name: orders
        logicalType: integer
        required: true
        description: Number of orders.
      - name: revenue
        logicalType: number
        physicalType: decimal(18,2)
        required: true
        description: Revenue in euros.
customProperties:
  - property: lakehouseLayer
    value: gold
`;
}

function goldModel(name: string): string {
  return `select
  cast(o.ordered_at as date)                                as order_date,
  o.product,
  count(*)                                                  as orders,
  cast(sum(o.quantity * o.unit_price) as decimal(18, 2))    as revenue
from silver.${name}_orders o
group by cast(o.ordered_at as date), o.product
`;
}

function dashboard(name: string): string {
  const table = `gold.${name}_revenue_by_day`;
  return `dashboard: ${name}_overview
title: How orders develop
description: Orders and revenue in euros, by day and product.
filters: [order_date, product]
charts:
  - title: Revenue of all orders
    type: big_number_total
    table: ${table}
    metric: { expression: sum(revenue), label: euros, format: ",.2f" }
    width: 4
  - title: Revenue by day
    type: echarts_timeseries_bar
    table: ${table}
    x: order_date
    grain: day
    by: [product]
    metric: { expression: sum(revenue), label: euros, format: ",.2f" }
    width: 8
`;
}

/** A small domain that runs as it is: one CSV source, one silver table, one gold table, one dashboard. */
export function domainTemplate(name: string): readonly TemplateFile[] {
  return [
    { path: 'domain.yaml', text: domainYaml(name) },
    { path: 'data/orders-2026-01.csv', text: sample },
    { path: `contracts/silver.${name}_orders.odcs.yaml`, text: silverContract(name) },
    { path: `contracts/gold.${name}_revenue_by_day.odcs.yaml`, text: goldContract(name) },
    { path: `models/gold.${name}_revenue_by_day.sql`, text: goldModel(name) },
    { path: `dashboards/${name}_overview.yaml`, text: dashboard(name) },
  ];
}
