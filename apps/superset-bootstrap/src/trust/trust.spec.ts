import type { OpsTable, Plan } from '@lakehouse/plan';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { declareAssets } from '../assets/declareAssets.js';
import { findDashboard } from '../dashboardFile/findDashboard.js';
import { queryServer, shippingPlan } from '../plan.fixture.js';
import { trustChartUuid } from './trustChart.js';
import { trustDatasetUuid } from './trustDataset.js';
import { trustQuery } from './trustQuery.js';

function ops(name: string): OpsTable {
  const contract = { id: name, name, version: '1.0.0', status: 'active', file: `contracts/${name}.odcs.yaml` };
  return {
    layer: 'ops',
    name,
    domain: 'operations',
    team: 'platform',
    description: '',
    contract,
    columns: [],
    key: [],
  };
}

const recorded = ['ops.releases', 'ops.runs'].map(ops);
const plan: Plan = { ...shippingPlan, opsTables: recorded };

interface Placed {
  readonly content: {
    readonly position: Readonly<Record<string, { children: string[]; meta: { uuid?: string; chartId?: number } }>>;
    readonly metadata: { readonly native_filter_configuration: { scope: { excluded: number[] } }[] };
  };
}

function dashboardOf(shown: Plan): Placed {
  return declareAssets(shown, queryServer).find(({ kind }) => kind === 'dashboards') as unknown as Placed;
}

describe('what a dashboard stands on', () => {
  it('is told at its head, whatever its filters are set to', () => {
    const { position, metadata } = dashboardOf(plan).content;
    expect(position['GRID_ID']?.children.slice(0, 2)).toEqual(['ROW-about', 'ROW-trust']);
    const meta = position['CHART-trust']?.meta;
    expect(meta?.uuid).toBe(trustChartUuid('harbours'));
    for (const { scope } of metadata.native_filter_configuration) expect(scope.excluded).toContain(meta?.chartId);
  });

  it('is told of the tables that it shows', () => {
    const chart = declareAssets(plan, queryServer).find(({ uuid }) => uuid === trustChartUuid('harbours'));
    expect(chart?.content).toMatchObject({
      dataset_uuid: trustDatasetUuid,
      params: { adhoc_filters: [{ sqlExpression: "table_name in ('gold.ferries', 'gold.ships')" }] },
    });
  });

  it('is told of all published tables where it shows how the lakehouse works', () => {
    const [harbours] = plan.dashboards;
    if (harbours === undefined) throw new Error('The plan has no dashboard.');
    const charts = harbours.charts
      .filter(({ kind }) => kind === 'big_number_total')
      .map((chart) => ({ ...chart, table: 'ops.runs' }));
    const own = { ...plan, dashboards: [{ ...harbours, filters: [], charts }] };
    const chart = declareAssets(own, queryServer).find(({ uuid }) => uuid === trustChartUuid('harbours'));
    expect(JSON.stringify(chart?.content['params'])).toContain("in ('gold.ferries', 'gold.ships')");
  });

  it('is no part of its file', () => {
    const found = findDashboard(plan, declareAssets(plan, queryServer), 'harbours');
    expect(found?.charts.map(({ name }) => name)).toEqual(plan.dashboards[0]?.charts.map(({ name }) => name));
    expect(found?.leftOut).toEqual([]);
  });

  it('is not told where nothing is recorded', () => {
    const told = [trustDatasetUuid, trustChartUuid('harbours')];
    expect(declareAssets(shippingPlan, queryServer).filter(({ uuid }) => told.includes(uuid))).toEqual([]);
  });

  it('is asked for as was reviewed, with incidents where the plan has them', () => {
    const file = join(__dirname, '__golden__/trust.sql');
    const sql = trustQuery({ ...plan, opsTables: [...recorded, ops('ops.incidents')] });
    if (process.env['UPDATE_GOLDEN'] === 'true') {
      mkdirSync(join(__dirname, '__golden__'), { recursive: true });
      writeFileSync(file, `${sql}\n`);
    }
    expect(`${sql}\n`).toBe(readFileSync(file, 'utf8'));
    expect(trustQuery(plan)).toContain("runs.status = 'auditFailed'");
    expect(trustQuery(plan)).not.toContain('ops.incidents');
  });
});
