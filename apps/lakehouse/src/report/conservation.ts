import type { Accounting } from '@lakehouse/plan';
import { formatNumber } from '../render/format.js';
import { html, type Html } from './html.js';
import type { ReportData } from './reportData.js';

const parts = [
  { key: 'inserted', label: 'inserted' },
  { key: 'updated', label: 'updated' },
  { key: 'unchanged', label: 'unchanged' },
  { key: 'supersededInBatch', label: 'superseded in the batch' },
  { key: 'supersededByTarget', label: 'superseded by the target' },
  { key: 'quarantined', label: 'quarantined' },
  { key: 'waiting', label: 'waiting' },
] as const;

/** The accounting of each table over the whole run. */
export function accountingByTable(data: ReportData): ReadonlyMap<string, Accounting> {
  return new Map(
    data.outcomes.flatMap(({ table, accounting }) => (accounting === null ? [] : [[table, accounting] as const])),
  );
}

function row(table: string, accounting: Accounting): Html {
  const filled = parts.filter(({ key }) => accounting[key] > 0);
  const sum = parts.reduce((total, { key }) => total + accounting[key], 0);
  const holds = sum === accounting.read;
  return html`<li>
    <div class="flow-head">
      <strong>${table}</strong>
      <span class="badge ${holds ? 'passed' : 'failed'}">${holds ? '✓ every row accounted for' : `✕ ${formatNumber(accounting.read - sum)} rows missing`}</span>
    </div>
    <div class="flow" role="img" aria-label="${table}: ${filled.map(({ key, label }) => `${formatNumber(accounting[key])} ${label}`).join(', ')}">
      ${filled.map(({ key }) => html`<span class="part ${key}" style="flex-grow:${accounting[key]}"></span>`)}
    </div>
    <p class="equation">
      <span class="term"><b>${formatNumber(accounting.read)}</b> read</span>
      ${filled.map(
        ({ key, label }, index) =>
          html`<span class="term"><i>${index === 0 ? '=' : '+'}</i><span class="dot ${key}"></span><b>${formatNumber(accounting[key])}</b> ${label}</span>`,
      )}
    </p>
  </li>`;
}

/** The law of conservation, table by table: every row read is in exactly one place. */
export function renderConservation(data: ReportData): Html {
  const totals = [...accountingByTable(data)].filter(([, accounting]) => accounting.read > 0);
  return totals.length === 0
    ? html`<p class="quiet">This run read no rows.</p>`
    : html`<div class="card"><ul class="flows">${totals.map(([table, accounting]) => row(table, accounting))}</ul></div>`;
}
