import type { Plan } from '@lakehouse/plan';
import type { Asset } from '../assets/asset.js';
import { assetId } from '../assets/assetId.js';
import { databaseUuid } from '../assets/databaseAsset.js';
import { trustColumns, trustQuery } from './trustQuery.js';

export const trustDatasetUuid = assetId('dataset', 'trust');

/** What every published table stands on, as a dataset of its own: the one behind the chart `trustChart` of each dashboard. */
export function trustDataset(plan: Plan): Asset {
  return {
    kind: 'datasets',
    uuid: trustDatasetUuid,
    title: 'ops.trust',
    content: {
      table_name: 'trust',
      main_dttm_col: 'published_at',
      description:
        'For each published table the release that it stands on, what the audits said of it, and incidents that are open.',
      default_endpoint: null,
      offset: 0,
      cache_timeout: null,
      catalog: null,
      schema: 'ops',
      sql: trustQuery(plan),
      params: null,
      template_params: null,
      filter_select_enabled: true,
      fetch_values_predicate: null,
      extra: null,
      normalize_columns: false,
      always_filter_main_dttm: false,
      uuid: trustDatasetUuid,
      metrics: [],
      columns: trustColumns.map(({ name, label, type, description }) => ({
        column_name: name,
        verbose_name: label,
        is_dttm: type === 'TIMESTAMP',
        is_active: true,
        type,
        advanced_data_type: null,
        groupby: true,
        filterable: true,
        expression: null,
        description,
        python_date_format: null,
        extra: null,
      })),
      version: '1.0.0',
      database_uuid: databaseUuid,
    },
  };
}
