import type { Asset } from '../assets/asset.js';
import { isRecord } from './readBundle.js';

type Content = Readonly<Record<string, unknown>>;

/** What Superset makes of other fields, or keeps for itself. */
const derived: Readonly<Record<Asset['kind'], readonly string[]>> = {
  databases: ['version', 'configuration_method', 'masked_encrypted_extra', 'encrypted_extra', 'ssh_tunnel'],
  datasets: ['version'],
  // The query follows from the params.
  charts: ['version', 'query_context'],
  dashboards: ['version', 'theme_uuid'],
};

/** Of a chart's params and a dashboard's metadata: ids of this Superset, and what its pages write beside what they were told. */
const ownParams = ['datasource', 'slice_id', 'dashboards', 'url_params'];
const ownMetadata = [
  'chart_configuration',
  'color_scheme_domain',
  'default_filters',
  'filter_scopes',
  'global_chart_configuration',
  'label_colors',
  'map_label_colors',
  'shared_label_colors',
  'show_chart_timestamps',
];
const ownFilter = ['chartsInScope', 'tabsInScope'];

/** An asset in the form in which a declared and an exported one are alike where nothing was changed. */
export function comparable({ kind, content }: Asset): Content {
  const plain = without(content, derived[kind]);
  switch (kind) {
    case 'databases':
      return plain;
    case 'datasets':
      return {
        ...plain,
        columns: byName(plain['columns'], 'column_name'),
        metrics: byName(plain['metrics'], 'metric_name'),
      };
    case 'charts':
      return { ...plain, params: isRecord(plain['params']) ? without(plain['params'], ownParams) : {} };
    case 'dashboards':
      return dashboard(plain);
  }
}

/** Charts are named by their uuids in place of ids, which differ from one Superset to the next. */
function dashboard(content: Content): Content {
  const position = isRecord(content['position']) ? content['position'] : {};
  const uuids = new Map<unknown, unknown>();
  const placed = Object.entries(position).map(([id, node]): [string, unknown] => {
    if (!isRecord(node) || !isRecord(node['meta'])) return [id, node];
    uuids.set(node['meta']['chartId'], node['meta']['uuid']);
    return [id, { ...node, meta: without(node['meta'], ['chartId']) }];
  });
  const metadata = isRecord(content['metadata']) ? content['metadata'] : {};
  const filters = Array.isArray(metadata['native_filter_configuration']) ? metadata['native_filter_configuration'] : [];
  return {
    ...content,
    position: Object.fromEntries(placed),
    metadata: {
      ...without(metadata, ownMetadata),
      native_filter_configuration: filters.map((entry: unknown) => (isRecord(entry) ? filter(entry, uuids) : entry)),
    },
  };
}

function filter(entry: Content, uuids: ReadonlyMap<unknown, unknown>): Content {
  const scope = isRecord(entry['scope']) ? entry['scope'] : {};
  const excluded: readonly unknown[] = Array.isArray(scope['excluded']) ? scope['excluded'] : [];
  return { ...without(entry, ownFilter), scope: { ...scope, excluded: excluded.map((id) => uuids.get(id) ?? id) } };
}

function byName(list: unknown, name: string): Content {
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return Object.fromEntries(
    entries.flatMap((entry) => (isRecord(entry) ? [[String(entry[name]), entry] as const] : [])),
  );
}

function without(content: Content, names: readonly string[]): Content {
  return Object.fromEntries(Object.entries(content).filter(([name]) => !names.includes(name)));
}
