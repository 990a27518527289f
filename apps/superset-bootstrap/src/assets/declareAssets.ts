import type { Plan } from '@lakehouse/plan';
import type { Asset } from './asset.js';
import { chartAsset } from './chartAsset.js';
import { dashboardAsset } from './dashboardAsset.js';
import { databaseAsset, type QueryServer } from './databaseAsset.js';
import { datasetAsset } from './datasetAsset.js';
import { tellsTrust, trustChart } from '../trust/trustChart.js';
import { trustDataset } from '../trust/trustDataset.js';
import { shownTables } from './shownTables.js';

/** Everything that Superset has to have of a plan, each after what it needs. */
export function declareAssets(plan: Plan, queryServer: QueryServer): readonly Asset[] {
  const told = plan.dashboards.filter((dashboard) => tellsTrust(plan, dashboard));
  return [
    databaseAsset(queryServer),
    ...shownTables(plan).map((table) => datasetAsset(plan, table)),
    ...(told.length === 0 ? [] : [trustDataset(plan)]),
    ...told.map((dashboard) => trustChart(plan, dashboard)),
    ...plan.dashboards.flatMap((dashboard) => dashboard.charts.map((chart) => chartAsset(plan, dashboard, chart))),
    ...plan.dashboards.map((dashboard) => dashboardAsset(plan, dashboard)),
  ];
}
