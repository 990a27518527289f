import type { Params } from './chartParams.js';

/** What a chart asks for, as far as charts differ. */
export interface Query {
  readonly columns: readonly unknown[];
  readonly metrics: readonly string[] | null;
  /** Spark SQL that each row has to fulfil; null: all rows. */
  readonly where: string | null;
  /** Columns or metrics, each with whether it ascends. */
  readonly orderby: readonly (readonly [string, boolean])[];
}

/** What Superset asks for a chart where no browser says it. The id of the dataset is put in when the chart is imported. */
export function queryContext({ columns, metrics, where, orderby }: Query, params: Params): Params {
  return {
    datasource: { id: 0, type: 'table' },
    force: false,
    queries: [
      {
        columns,
        metrics,
        filters: [],
        extras: { having: '', where: where === null ? '' : `(${where})` },
        orderby,
        row_limit: params['row_limit'] ?? null,
        annotation_layers: [],
        applied_time_extras: {},
        url_params: {},
        custom_params: {},
        custom_form_data: {},
      },
    ],
    form_data: params,
    result_format: 'json',
    result_type: 'full',
  };
}
