import { renderCell } from '../render/cell.js';
import { formatCount, formatNumber } from '../render/format.js';
import { describeRule } from '../render/quarantine.js';
import { html, type Html } from './html.js';
import type { QuarantinedRule, ReportData } from './reportData.js';

function examples(entry: QuarantinedRule): Html | null {
  const columns = [...new Set(entry.examples.flatMap((row) => Object.keys(row)))];
  return entry.examples.length === 0
    ? null
    : html`<details>
        <summary>${formatCount(entry.examples.length, 'example')}</summary>
        <div class="scroll">
          <table class="rows">
            <thead>
              <tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr>
            </thead>
            <tbody>
              ${entry.examples.map(
                (row) =>
                  html`<tr>
                    ${columns.map((column) =>
                      row[column] === null || row[column] === undefined
                        ? html`<td class="empty">∅</td>`
                        : html`<td>${renderCell(row[column])}</td>`,
                    )}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>`;
}

/** How many rows each rule holds back, the largest first, with some of them to look at. */
export function renderQuarantine(data: ReportData): Html {
  if (data.quarantine.length === 0) {
    return html`<p class="quiet">Quarantine is empty: every row passed every rule.</p>`;
  }
  const largest = Math.max(...data.quarantine.map(({ rows }) => rows));
  const sorted = [...data.quarantine].sort((left, right) => right.rows - left.rows);
  return html`<div class="card">
    <ol class="ranking">
      ${sorted.map(
        (entry) =>
          html`<li>
            <div class="ranking-line">
              <span class="ranking-name">${describeRule(data.plan, entry.rule) ?? entry.rule}${
                entry.waiting ? html` <span class="badge waiting">waits for its parent</span>` : null
              }<br /><code>${entry.rule}</code></span>
              <span class="ranking-value">${formatNumber(entry.rows)} <small>${entry.rows === 1 ? 'row' : 'rows'}</small></span>
            </div>
            <div class="ranking-bar ${entry.waiting ? 'waiting' : 'quarantined'}" style="--share:${((entry.rows / largest) * 100).toFixed(2)}%"></div>
            ${examples(entry)}
          </li>`,
      )}
    </ol>
  </div>`;
}
