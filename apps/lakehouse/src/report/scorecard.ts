import { formatNumber } from '../render/format.js';
import { summarizeChecks, type CheckSummary } from '../render/checkSummary.js';
import { html, type Html } from './html.js';
import type { ReportData } from './reportData.js';

const other = 'other';

function dimensionOf(summary: CheckSummary): string {
  return summary.shown.dimension ?? other;
}

function worst(summaries: readonly CheckSummary[]): CheckSummary['state'] {
  if (summaries.some(({ state }) => state === 'failed')) {
    return 'failed';
  }
  return summaries.some(({ state }) => state === 'warned') ? 'warned' : 'passed';
}

const marks = { passed: '✓', warned: '!', failed: '✕' } as const;
const words = { passed: 'passed', warned: 'warned', failed: 'failed' } as const;

function cell(summaries: readonly CheckSummary[]): Html {
  if (summaries.length === 0) {
    return html`<td class="empty">–</td>`;
  }
  const state = worst(summaries);
  const passed = summaries.filter((summary) => summary.state === 'passed').length;
  return html`<td class="score ${state}">
    <span aria-hidden="true">${marks[state]}</span> ${passed}<small>/${summaries.length}</small>
    <span class="hidden">${words[state]}</span>
  </td>`;
}

function checkRow(data: ReportData, summary: CheckSummary): Html {
  const { shown } = summary;
  const table = data.plan.tables.find(({ name }) => name === summary.table);
  const rule = table?.checks.find(({ id }) => id === summary.check);
  const unit = rule?.unit === 'percent' ? ' %' : rule?.measure.kind === 'age' ? ` ${rule.unit ?? ''}` : '';
  const batches =
    summary.judged > 1 ? ` in ${formatNumber(summary.notPassed)} of ${formatNumber(summary.judged)} judgements` : '';
  return html`<tr>
    <td><span class="badge ${summary.state}">${marks[summary.state]} ${words[summary.state]}</span></td>
    <td>${shown.description}<br /><code>${summary.check}</code></td>
    <td class="number">${shown.actual === null ? 'no value' : `${formatNumber(shown.actual)}${unit}`}</td>
    <td>${shown.expected}${summary.state === 'passed' ? null : batches}</td>
  </tr>`;
}

function checkTable(data: ReportData, summaries: readonly CheckSummary[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">verdict</th>
          <th scope="col">check</th>
          <th scope="col" class="number">actual</th>
          <th scope="col">expected</th>
        </tr>
      </thead>
      <tbody>${summaries.map((summary) => checkRow(data, summary))}</tbody>
    </table>
  </div>`;
}

/** Checks by table and dimension, what did not pass in full, and all of them to unfold. */
export function renderScorecard(data: ReportData): Html {
  const summaries = summarizeChecks(data.checks);
  if (summaries.length === 0) {
    return html`<p class="quiet">This run judged no checks.</p>`;
  }
  const dimensions = [...new Set(summaries.map((summary) => dimensionOf(summary)))].sort((left, right) =>
    left === other ? 1 : right === other ? -1 : left.localeCompare(right),
  );
  const tables = data.plan.tables
    .map(({ name }) => name)
    .filter((name) => summaries.some(({ table }) => table === name));
  const order = { failed: 0, warned: 1, passed: 2 } as const;
  const open = summaries
    .filter(({ state }) => state !== 'passed')
    .sort((left, right) => order[left.state] - order[right.state]);
  return html`<div class="card scroll">
      <table class="scorecard">
        <thead>
          <tr>
            <th scope="col">table</th>
            ${dimensions.map((dimension) => html`<th scope="col">${dimension}</th>`)}
            <th scope="col">all</th>
          </tr>
        </thead>
        <tbody>
          ${tables.map((table) => {
            const own = summaries.filter((summary) => summary.table === table);
            return html`<tr>
              <th scope="row">${table}</th>
              ${dimensions.map((dimension) => cell(own.filter((summary) => dimensionOf(summary) === dimension)))}
              ${cell(own)}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${open.length === 0 ? null : html`<div class="card"><h3>What did not pass</h3>${checkTable(data, open)}</div>`}
    <details class="card">
      <summary>All ${summaries.length} checks with their values</summary>
      ${checkTable(data, summaries)}
    </details>`;
}
