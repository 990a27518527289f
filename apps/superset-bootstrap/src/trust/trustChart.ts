import type { Dashboard, Plan } from '@lakehouse/plan';
import type { Asset } from '../assets/asset.js';
import { assetId } from '../assets/assetId.js';
import { queryContext } from '../assets/queryContext.js';
import { trustDatasetUuid } from './trustDataset.js';
import { canTellTrust, trustColumns } from './trustQuery.js';

export const trustTitle = 'What these charts stand on';

/** Of the palette of libs/superset-extension: what is bad. */
const alarm = '#c4570c';

export function trustChartUuid(dashboard: string): string {
  return assetId('trust', dashboard);
}

/** The published tables whose standing a dashboard tells: those that it shows; where it shows the lakehouse's own work, all. */
export function tablesBehind({ tables }: Plan, { charts }: Dashboard): readonly string[] {
  const gold = tables.filter(({ layer }) => layer === 'gold').map(({ name }) => name);
  const shown = gold.filter((name) => charts.some(({ table }) => table === name));
  return shown.length === 0 ? gold : shown;
}

/** Whether a dashboard of the plan tells what it stands on. */
export function tellsTrust(plan: Plan, dashboard: Dashboard): boolean {
  return canTellTrust(plan) && tablesBehind(plan, dashboard).length > 0;
}

/** The chart at the head of a dashboard: release and quality of each table behind it, marked where an incident is open. */
export function trustChart(plan: Plan, dashboard: Dashboard): Asset {
  const uuid = trustChartUuid(dashboard.name);
  const columns = trustColumns.map(({ name }) => name);
  const tables = tablesBehind(plan, dashboard);
  const where = `table_name in (${tables.map((name) => `'${name}'`).join(', ')})`;
  const params = {
    viz_type: 'table',
    query_mode: 'raw',
    all_columns: columns,
    adhoc_filters: [{ clause: 'WHERE', expressionType: 'SQL', sqlExpression: where }],
    annotation_layers: [],
    order_by_cols: ['["table_name", true]'],
    row_limit: 100,
    table_timestamp_format: 'smart_date',
    include_search: false,
    show_cell_bars: false,
    color_pn: false,
    conditional_formatting: [{ column: 'open_incidents', operator: '>', targetValue: 0, colorScheme: alarm }],
  };
  return {
    kind: 'charts',
    uuid,
    title: `${trustTitle}: ${dashboard.title}`,
    content: {
      slice_name: `${trustTitle}: ${dashboard.title}`,
      description: null,
      certified_by: null,
      certification_details: null,
      viz_type: 'table',
      params,
      query_context: JSON.stringify(
        queryContext({ columns, metrics: null, where, orderby: [['table_name', true]] }, params),
      ),
      cache_timeout: null,
      uuid,
      version: '1.0.0',
      dataset_uuid: trustDatasetUuid,
    },
  };
}
