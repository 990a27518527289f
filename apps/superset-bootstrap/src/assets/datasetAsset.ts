import type { Column, Plan } from '@lakehouse/plan';
import type { Asset } from './asset.js';
import { assetId } from './assetId.js';
import { databaseUuid } from './databaseAsset.js';
import { labelOf } from './labelOf.js';
import { metricsOf } from './metricsOf.js';
import type { ShownTable } from './shownTables.js';

/** How long Superset keeps an answer from a published table, unless a release comes first. */
const secondsKept = 24 * 60 * 60;

export function datasetUuid(table: string): string {
  return assetId('dataset', table);
}

/** Whether a column is a point in time. */
export function isTemporal({ type }: Pick<Column, 'type'>): boolean {
  return type === 'date' || type.startsWith('timestamp');
}

/** The column that time ranges go by: one of the key, else the first that is a point in time; null where there is none. */
export function timeColumn({ columns, key }: Pick<ShownTable, 'columns' | 'key'>): string | null {
  const temporal = columns.filter(isTemporal).map(({ name }) => name);
  return temporal.find((name) => key.includes(name)) ?? temporal[0] ?? null;
}

/** A table as a dataset: what its contract says of it, and the metrics that its charts show. */
export function datasetAsset(plan: Plan, table: ShownTable): Asset {
  const [schema = '', name = ''] = table.name.split('.');
  const { contract, team } = table;
  const uuid = datasetUuid(table.name);
  return {
    kind: 'datasets',
    uuid,
    title: table.name,
    content: {
      table_name: name,
      main_dttm_col: timeColumn(table),
      description: table.description,
      default_endpoint: null,
      offset: 0,
      cache_timeout: table.layer === 'gold' ? secondsKept : null,
      catalog: null,
      schema,
      sql: null,
      params: null,
      template_params: null,
      filter_select_enabled: true,
      fetch_values_predicate: null,
      extra: { certification: { certified_by: team, details: certification(table) } },
      normalize_columns: false,
      always_filter_main_dttm: false,
      uuid,
      metrics: metricsOf(plan, table.name).map(({ name: metric, label, sql, format }) => ({
        metric_name: metric,
        verbose_name: label,
        metric_type: null,
        expression: sql,
        description: null,
        d3format: format,
        currency: null,
        extra: { certification: { certified_by: team, details: `Defined with contract ${contract.id}.` } },
        warning_text: null,
      })),
      columns: table.columns.map((column) => ({
        column_name: column.name,
        verbose_name: labelOf(column.name),
        is_dttm: isTemporal(column),
        is_active: true,
        type: column.type.toUpperCase(),
        advanced_data_type: null,
        groupby: true,
        filterable: true,
        expression: null,
        description: column.description === '' ? null : column.description,
        python_date_format: null,
        extra: null,
      })),
      version: '1.0.0',
      database_uuid: databaseUuid,
    },
  };
}

function certification({ contract, layer }: ShownTable): string {
  const judged = layer === 'gold' ? ' It is published only after its rules are kept.' : '';
  return `Contract ${contract.id} ${contract.version} (${contract.status}).${judged}`;
}
