import type { Chart, Dashboard, Plan } from '@lakehouse/plan';
import type { Asset } from './asset.js';
import { assetId } from './assetId.js';
import { chartParams } from './chartParams.js';
import { chartQuery } from './chartQuery.js';
import { datasetUuid } from './datasetAsset.js';
import { shownTables } from './shownTables.js';

export function chartUuid(dashboard: string, chart: string): string {
  return assetId('chart', dashboard, chart);
}

/** A chart of a dashboard. */
export function chartAsset(plan: Plan, dashboard: Dashboard, chart: Chart): Asset {
  const table = shownTables(plan).find(({ name }) => name === chart.table);
  if (table === undefined)
    throw new Error(`The plan has the chart "${chart.title}" on ${chart.table}, and no such table.`);
  const uuid = chartUuid(dashboard.name, chart.name);
  const params = chartParams(chart, table);
  return {
    kind: 'charts',
    uuid,
    title: chart.title,
    content: {
      slice_name: chart.title,
      description: null,
      certified_by: table.team,
      certification_details: `On ${table.name}, contract ${table.contract.id} ${table.contract.version}.`,
      viz_type: chart.kind,
      params,
      query_context: JSON.stringify(chartQuery(chart, table, params)),
      cache_timeout: null,
      uuid,
      version: '1.0.0',
      dataset_uuid: datasetUuid(chart.table),
    },
  };
}
