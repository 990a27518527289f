import type { Dashboard, Plan } from '@lakehouse/plan';
import type { Asset } from './asset.js';
import { assetId } from './assetId.js';
import { tablesBehind, tellsTrust, trustChartUuid, trustTitle } from '../trust/trustChart.js';
import { chartUuid } from './chartAsset.js';
import { dashboardPosition } from './dashboardPosition.js';
import { nativeFilters } from './nativeFilters.js';

export function dashboardUuid(name: string): string {
  return assetId('dashboard', name);
}

/** A dashboard with its layout and filters. The places of its charts stand for ids that Superset gives. */
export function dashboardAsset(plan: Plan, dashboard: Dashboard): Asset {
  const uuid = dashboardUuid(dashboard.name);
  const team = plan.domains.find(({ name }) => name === dashboard.domain)?.team ?? null;
  const charts = dashboard.charts.map((chart, index) => ({
    chart,
    uuid: chartUuid(dashboard.name, chart.name),
    place: index + 1,
  }));
  const trust = tellsTrust(plan, dashboard)
    ? {
        uuid: trustChartUuid(dashboard.name),
        title: trustTitle,
        rows: tablesBehind(plan, dashboard).length,
        place: charts.length + 1,
      }
    : null;
  return {
    kind: 'dashboards',
    uuid,
    title: dashboard.title,
    content: {
      dashboard_title: dashboard.title,
      description: dashboard.description,
      css: null,
      slug: dashboard.name,
      certified_by: team,
      certification_details: `Written in ${dashboard.file}.`,
      published: true,
      uuid,
      position: dashboardPosition(dashboard, charts, trust),
      metadata: {
        color_scheme: 'lakehouse',
        cross_filters_enabled: true,
        refresh_frequency: 0,
        expanded_slices: {},
        timed_refresh_immune_slices: [],
        native_filter_configuration: nativeFilters(plan, dashboard, trust === null ? [] : [trust.place]),
      },
      version: '1.0.0',
    },
  };
}
