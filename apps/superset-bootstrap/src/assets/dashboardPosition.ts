import type { Chart, Dashboard } from '@lakehouse/plan';

export interface PlacedChart {
  readonly chart: Chart;
  readonly uuid: string;
  /** From 1; stands for the id that Superset gives the chart. */
  readonly place: number;
}

/** The chart at the head of a dashboard, which tells of as many tables as it has rows. */
export interface PlacedTrust {
  readonly uuid: string;
  readonly title: string;
  readonly rows: number;
  readonly place: number;
}

/** Columns of a row. */
const wholeRow = 12;
/** Heights in Superset's unit of 8 pixels. */
const heights = { number: 20, text: 9, chart: 50, map: 72, title: 14, tableRow: 5 } as const;

/** Where everything stands: what the dashboard is about, what it stands on, then its charts, row by row. */
export function dashboardPosition(
  dashboard: Dashboard,
  charts: readonly PlacedChart[],
  trust: PlacedTrust | null,
): Readonly<Record<string, unknown>> {
  const rows = rowsOf(charts);
  const about = dashboard.description === '' ? [] : ['ROW-about'];
  const standing = trust === null ? [] : ['ROW-trust'];
  return {
    DASHBOARD_VERSION_KEY: 'v2',
    ROOT_ID: { type: 'ROOT', id: 'ROOT_ID', children: ['GRID_ID'] },
    HEADER_ID: { type: 'HEADER', id: 'HEADER_ID', meta: { text: dashboard.title } },
    GRID_ID: {
      type: 'GRID',
      id: 'GRID_ID',
      children: [...about, ...standing, ...rows.map((_, index) => rowId(index))],
      parents: ['ROOT_ID'],
    },
    ...(about.length === 0 ? {} : aboutRow(dashboard.description)),
    ...(trust === null ? {} : trustRow(trust)),
    ...Object.fromEntries(rows.flatMap((row, index) => rowEntries(row, rowId(index)))),
  };
}

function rowId(index: number): string {
  return `ROW-${index + 1}`;
}

/** Charts go into a row as long as they fit. */
function rowsOf(charts: readonly PlacedChart[]): readonly (readonly PlacedChart[])[] {
  const rows: PlacedChart[][] = [];
  let free = 0;
  for (const placed of charts) {
    const row = rows.at(-1);
    if (row === undefined || placed.chart.width > free) {
      rows.push([placed]);
      free = wholeRow - placed.chart.width;
    } else {
      row.push(placed);
      free -= placed.chart.width;
    }
  }
  return rows;
}

function aboutRow(text: string): Readonly<Record<string, unknown>> {
  return {
    'ROW-about': row('ROW-about', ['MARKDOWN-about']),
    'MARKDOWN-about': {
      type: 'MARKDOWN',
      id: 'MARKDOWN-about',
      children: [],
      parents: ['ROOT_ID', 'GRID_ID', 'ROW-about'],
      meta: { code: text, width: wholeRow, height: heights.text },
    },
  };
}

function trustRow({ uuid, title, rows, place }: PlacedTrust): Readonly<Record<string, unknown>> {
  return {
    'ROW-trust': row('ROW-trust', ['CHART-trust']),
    'CHART-trust': {
      type: 'CHART',
      id: 'CHART-trust',
      children: [],
      parents: ['ROOT_ID', 'GRID_ID', 'ROW-trust'],
      meta: {
        chartId: place,
        uuid,
        sliceName: title,
        sliceNameOverride: title,
        width: wholeRow,
        height: heights.title + rows * heights.tableRow,
      },
    },
  };
}

function rowEntries(charts: readonly PlacedChart[], id: string): readonly [string, unknown][] {
  const height = charts.every(({ chart }) => chart.kind === 'big_number_total')
    ? heights.number
    : charts.some(({ chart }) => chart.kind === 'bubble_v2')
      ? heights.map
      : heights.chart;
  return [
    [
      id,
      row(
        id,
        charts.map(({ chart }) => chartId(chart)),
      ),
    ],
    ...charts.map(({ chart, uuid, place }): [string, unknown] => [
      chartId(chart),
      {
        type: 'CHART',
        id: chartId(chart),
        children: [],
        parents: ['ROOT_ID', 'GRID_ID', id],
        meta: {
          chartId: place,
          uuid,
          sliceName: chart.title,
          width: chart.width,
          height,
        },
      },
    ]),
  ];
}

function row(id: string, children: readonly string[]): unknown {
  return { type: 'ROW', id, children, parents: ['ROOT_ID', 'GRID_ID'], meta: { background: 'BACKGROUND_TRANSPARENT' } };
}

function chartId({ name }: Chart): string {
  return `CHART-${name}`;
}
