import type { Chart, Dashboard } from '@lakehouse/plan';
import { renderCell } from '../render/cell.js';
import { formatChartValue } from '../render/chartValue.js';
import type { ChartRow } from './chartOption.js';
import { isHorizontal } from './chartOptionBar.js';
import { toNumber, xLabels } from './chartSeries.js';
import { html, type Html } from './html.js';
import type { ReportData } from './reportData.js';

/** A chart of a dashboard together with its rows. */
export interface PlacedChart {
  readonly element: string;
  readonly chart: Chart;
  readonly rows: readonly ChartRow[];
}

/** The charts that have rows, in the order of their dashboards. */
export function placeCharts(data: ReportData): readonly PlacedChart[] {
  return data.plan.dashboards
    .filter(({ domain }) => domain === data.domain)
    .flatMap((dashboard) =>
      dashboard.charts.map((chart, index) => ({
        element: `chart-${dashboard.name}-${String(index)}`,
        chart,
        rows:
          data.charts.find((found) => found.dashboard === dashboard.name && found.title === chart.title)?.rows ?? [],
      })),
    )
    .filter(({ rows }) => rows.length > 0);
}

function height({ chart, rows }: PlacedChart): number {
  if (chart.kind === 'echarts_timeseries_bar') {
    const labels = xLabels(chart, rows);
    return isHorizontal(chart, labels) ? Math.max(220, labels.length * 24 + 60) : 300;
  }
  return { heatmap_v2: 260, bubble_v2: 460, echarts_timeseries_line: 320, big_number_total: 0, table: 0 }[chart.kind];
}

function bigNumber({ chart, rows }: PlacedChart): Html {
  return html`<div class="big-numbers">
    ${chart.values.map(
      ({ column, label, format }) =>
        html`<p class="big-number"><strong>${formatChartValue(rows[0]?.[column], format)}</strong> <span>${label}</span></p>`,
    )}
  </div>`;
}

const shownRows = 200;

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined;
}

function chartTable({ chart, rows }: PlacedChart): Html {
  const columns = Object.keys(rows[0] ?? {});
  const measures = new Map(
    chart.values
      .filter(({ column }) => rows.every((row) => isEmpty(row[column]) || toNumber(row[column]) !== null))
      .map((value) => [value.column, value]),
  );
  const largest = new Map(
    columns.map((column) => [column, Math.max(...rows.map((row) => Math.abs(toNumber(row[column]) ?? 0)))]),
  );
  const cell = (row: ChartRow, column: string): Html => {
    const measure = measures.get(column);
    if (measure === undefined) {
      return html`<td>${renderCell(row[column])}</td>`;
    }
    const share = (Math.abs(toNumber(row[column]) ?? 0) / Math.max(largest.get(column) ?? 0, 1e-12)) * 100;
    return html`<td class="number bar-cell" style="--share:${share.toFixed(1)}%">
      ${formatChartValue(row[column], measure.format)}
    </td>`;
  };
  return html`<div class="scroll tall" tabindex="0" role="region" aria-label="${chart.title}">
    <table>
      <thead>
        <tr>
          ${columns.map(
            (column) =>
              html`<th scope="col" ${measures.has(column) ? html`class="number"` : null}>
                ${measures.get(column)?.label ?? column.replaceAll('_', ' ')}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, shownRows).map((row) => html`<tr>${columns.map((column) => cell(row, column))}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

function body(placed: PlacedChart): Html {
  switch (placed.chart.kind) {
    case 'big_number_total':
      return bigNumber(placed);
    case 'table':
      return chartTable(placed);
    default:
      return html`<div id="${placed.element}" class="chart" style="height:${height(placed)}px"></div>
        <details class="numbers">
          <summary>The numbers</summary>
          ${chartTable(placed)}
        </details>`;
  }
}

function card(placed: PlacedChart): Html {
  return html`<figure class="card chart-card" style="--width:${placed.chart.width}">
    <figcaption>
      <h4>${placed.chart.title}</h4>
      <p class="source">${placed.chart.table}</p>
    </figcaption>
    ${body(placed)}
  </figure>`;
}

function render(dashboard: Dashboard, placed: readonly PlacedChart[]): Html | null {
  const own = placed.filter(({ chart }) => dashboard.charts.includes(chart));
  return own.length === 0
    ? null
    : html`<article class="dashboard">
        <h3>${dashboard.title}</h3>
        <p class="lead">${dashboard.description}</p>
        <div class="grid">${own.map(card)}</div>
      </article>`;
}

/** Every dashboard of the domain that has something to show. */
export function renderDashboards(data: ReportData, placed: readonly PlacedChart[]): Html {
  return html`${data.plan.dashboards.map((dashboard) => render(dashboard, placed))}`;
}
