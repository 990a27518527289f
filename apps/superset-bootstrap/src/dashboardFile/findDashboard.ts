import type { Plan } from '@lakehouse/plan';
import type { Asset } from '../assets/asset.js';
import { chartUuid } from '../assets/chartAsset.js';
import { shownTables } from '../assets/shownTables.js';
import { metricName } from '../assets/metricsOf.js';
import { isRecord } from '../compare/readBundle.js';
import { chartEntry } from './chartEntry.js';
import { trustChartUuid } from '../trust/trustChart.js';
import type { FoundDashboard } from './dashboardFile.js';

type Content = Readonly<Record<string, unknown>>;

/** A dashboard of Superset, by its slug or title, in the language of dashboards; null where there is none. */
export function findDashboard(plan: Plan, present: readonly Asset[], wanted: string): FoundDashboard | null {
  const asset = present.find(
    ({ kind, content, title }) => kind === 'dashboards' && (content['slug'] === wanted || title === wanted),
  );
  if (asset === undefined) return null;
  const { slug, description, metadata } = asset.content;
  const name = metricName(typeof slug === 'string' && slug !== '' ? slug : asset.title);
  const names = new Map(
    plan.dashboards
      .find((dashboard) => dashboard.name === name)
      ?.charts.map((chart) => [chartUuid(name, chart.name), chart.name] as const),
  );
  const position = isRecord(asset.content['position']) ? asset.content['position'] : {};
  // No file says what each dashboard has at its head.
  const places = placesOf(position).filter(({ uuid }) => uuid !== trustChartUuid(name));
  const found = places.map(({ uuid, width }) => {
    const chart = present.find((other) => other.kind === 'charts' && other.uuid === uuid);
    if (chart === undefined) return { entry: null, leftOut: [`A chart with the id ${uuid} is not exported.`] };
    const dataset = present.find((other) => other.uuid === chart.content['dataset_uuid']);
    return chartEntry(plan, chart, dataset, { name: names.get(uuid) ?? metricName(chart.title), width });
  });
  const filters = filtersOf(metadata, plan, found);
  return {
    dashboard: name,
    title: asset.title,
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    ...(filters.length > 0 ? { filters } : {}),
    charts: found.flatMap(({ entry }) => (entry === null ? [] : [entry])),
    leftOut: found.flatMap(({ leftOut }) => leftOut),
  };
}

/** The charts of a layout as they are read: row by row, within tabs and columns too. */
function placesOf(position: Content): readonly { uuid: string; width: number }[] {
  const walk = (id: string): { uuid: string; width: number }[] => {
    const node = position[id];
    if (!isRecord(node)) return [];
    const meta = isRecord(node['meta']) ? node['meta'] : {};
    if (node['type'] === 'CHART' && typeof meta['uuid'] === 'string') {
      return [{ uuid: meta['uuid'], width: typeof meta['width'] === 'number' ? meta['width'] : 12 }];
    }
    const children: readonly unknown[] = Array.isArray(node['children']) ? node['children'] : [];
    return children.flatMap((child) => (typeof child === 'string' ? walk(child) : []));
  };
  return walk('ROOT_ID');
}

function filtersOf(metadata: unknown, plan: Plan, found: readonly { entry: { table: string } | null }[]): string[] {
  const configuration = isRecord(metadata) ? metadata['native_filter_configuration'] : undefined;
  const filters = Array.isArray(configuration) ? configuration.filter(isRecord) : [];
  return filters.flatMap(({ id, targets }): string[] => {
    const target: unknown = Array.isArray(targets) ? targets[0] : undefined;
    const column = isRecord(target) && isRecord(target['column']) ? target['column']['name'] : undefined;
    if (typeof column === 'string') return [column];
    // A range of time names no column: it is that of the id where it was made here, else that of the first table that has one.
    const own = typeof id === 'string' ? /^NATIVE_FILTER-([a-z][a-z0-9_]*)$/.exec(id)?.[1] : undefined;
    const tables = shownTables(plan).filter(({ name }) => found.some(({ entry }) => entry?.table === name));
    const temporal = tables
      .flatMap(({ columns }) => columns)
      .find(({ name, type }) => (own === undefined ? type === 'date' || type === 'timestamp' : name === own));
    return temporal === undefined ? [] : [temporal.name];
  });
}
