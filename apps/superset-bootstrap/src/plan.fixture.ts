import type { Chart, Column, Dashboard, Plan } from '@lakehouse/plan';
import type { QueryServer } from './assets/databaseAsset.js';

function column(name: string, type: string, description: string): Column {
  const logicalType = type === 'bigint' ? 'integer' : type;
  return { name, type, logicalType, nullable: false, description, classification: null, tags: [], examples: [] };
}

type Stated = Pick<Chart, 'name' | 'kind'> & Partial<Chart>;

function chart(stated: Stated): Chart {
  const share = {
    column: 'value_1',
    label: 'share on time',
    format: '.0%',
    metric: { sql: 'sum(on_time) / nullif(sum(trips), 0)', written: 'sum(on_time) / sum(trips)' },
  };
  return {
    title: `The ${stated.name}`,
    table: 'gold.ferries',
    sql: '',
    x: null,
    grain: null,
    by: [],
    series: null,
    where: null,
    values: [share],
    limit: null,
    horizontal: false,
    width: 6,
    ...stated,
  };
}

function value(label: string, sql: string, format: string | null = null): Chart['values'][number] {
  return { column: 'value', label, format, metric: { sql, written: sql } };
}

const harbours: Dashboard = {
  name: 'harbours',
  domain: 'shipping',
  file: 'libs/domains/shipping/dashboards/harbours.yaml',
  title: 'Ferries are on time, except in winter',
  description: 'On time means: less than five minutes late.',
  filters: ['day', 'harbour'],
  charts: [
    chart({ name: 'number', kind: 'big_number_total', width: 4 }),
    chart({
      name: 'line',
      kind: 'echarts_timeseries_line',
      x: 'day',
      grain: 'month',
      by: ['harbour'],
      series: 'harbour',
      width: 8,
    }),
    chart({ name: 'bars', kind: 'echarts_timeseries_bar', x: 'harbour', horizontal: true }),
    chart({
      name: 'counts',
      kind: 'echarts_timeseries_bar',
      x: 'hour',
      by: ['harbour'],
      series: 'harbour',
      values: [value('trips', 'sum(trips)', ',d')],
    }),
    chart({ name: 'heat', kind: 'heatmap_v2', x: 'hour', by: ['harbour'], series: 'harbour', width: 12 }),
    chart({
      name: 'bubbles',
      kind: 'bubble_v2',
      by: ['harbour'],
      values: [
        value('longitude', 'max(longitude)'),
        value('latitude', 'max(latitude)'),
        value('trips', 'sum(trips)', ',d'),
      ],
    }),
    chart({
      name: 'worst',
      kind: 'table',
      table: 'gold.ships',
      by: ['ship'],
      where: "ship <> 'unknown'",
      values: [{ column: 'ship', label: 'ship', format: null, metric: null }, value('trips', 'sum(trips)', ',d')],
      limit: 10,
    }),
  ],
};

function gold(name: string, columns: readonly Column[], key: readonly string[]): Plan['tables'][number] {
  return {
    layer: 'gold',
    name: `gold.${name}`,
    domain: 'shipping',
    team: 'harbour-office',
    description: `All ${name}.`,
    contract: {
      id: `shipping.gold.${name}`,
      name,
      version: '1.2.0',
      status: 'active',
      file: `libs/domains/shipping/contracts/gold.${name}.odcs.yaml`,
    },
    columns: [...columns],
    key: [...key],
    partitionedBy: [],
    clusteredBy: [],
    checks: [],
    retention: null,
    fingerprint: name,
    model: { kind: 'sql', file: `libs/domains/shipping/models/gold.${name}.sql`, sql: 'select 1 from ${silver.trips}' },
    inputs: ['silver.trips'],
    affectedKeys: null,
  };
}

/** Where the platform has it. */
export const queryServer: QueryServer = { address: 'query-server:10000', secretsFolder: '/run/secrets' };

/** A plan with two published tables and a dashboard that has a chart of every kind. */
export const shippingPlan: Plan = {
  version: 1,
  hash: 'a'.repeat(64),
  domains: [
    { name: 'shipping', team: 'harbour-office', description: 'Ferries.', schedule: null, owners: ['a@example.org'] },
  ],
  sources: [],
  tables: [
    gold(
      'ferries',
      [
        column('harbour', 'string', 'Where it leaves.'),
        column('day', 'date', 'Local day.'),
        column('hour', 'int', ''),
        column('trips', 'bigint', 'Departures.'),
        column('on_time', 'bigint', 'Less than five minutes late.'),
        column('longitude', 'double', 'Degrees east.'),
        column('latitude', 'double', 'Degrees north.'),
      ],
      ['harbour', 'day', 'hour'],
    ),
    gold('ships', [column('ship', 'string', 'Its name.'), column('trips', 'bigint', 'Departures.')], ['ship']),
  ],
  opsTables: [],
  dashboards: [harbours],
};
