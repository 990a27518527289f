import type { Dashboard, Plan } from '@lakehouse/plan';
import { datasetUuid, isTemporal } from './datasetAsset.js';
import { labelOf } from './labelOf.js';
import { shownTables } from './shownTables.js';

type Entry = Readonly<Record<string, unknown>>;

/** The filters of a dashboard: a range for a column of time, else a choice of values. Charts without the column, and those at the places `unfiltered`, are left out. */
export function nativeFilters(plan: Plan, dashboard: Dashboard, unfiltered: readonly number[]): readonly Entry[] {
  const tables = shownTables(plan);
  return dashboard.filters.map((name): Entry => {
    const columnOf = (table: string) =>
      tables.find((shown) => shown.name === table)?.columns.find((column) => column.name === name);
    const shown = dashboard.charts.find(({ table }) => columnOf(table) !== undefined);
    const column = shown && columnOf(shown.table);
    if (shown === undefined || column === undefined)
      throw new Error(`No chart of ${dashboard.name} has the column ${name}.`);
    const isTime = isTemporal(column);
    return {
      id: `NATIVE_FILTER-${name}`,
      type: 'NATIVE_FILTER',
      name: labelOf(name),
      description: column.description,
      filterType: isTime ? 'filter_time' : 'filter_select',
      targets: isTime ? [{}] : [{ column: { name }, datasetUuid: datasetUuid(shown.table) }],
      controlValues: isTime
        ? {}
        : {
            enableEmptyFilter: false,
            defaultToFirstItem: false,
            multiSelect: true,
            searchAllOptions: false,
            inverseSelection: false,
            // A value that is not there would make every chart empty.
            creatable: false,
          },
      defaultDataMask: { extraFormData: {}, filterState: {}, ownState: {} },
      cascadeParentIds: [],
      scope: {
        rootPath: ['ROOT_ID'],
        excluded: [
          ...dashboard.charts.flatMap(({ table }, index) => (columnOf(table) === undefined ? [index + 1] : [])),
          ...unfiltered,
        ],
      },
    };
  });
}
