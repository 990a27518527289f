import { formatNumber, formatSeconds, formatTimestamp } from '../render/format.js';
import { html, type Html } from './html.js';
import type { ReportData } from './reportData.js';

/** When, what, how long, step by step. */
export function renderRunFacts(data: ReportData): Html {
  const longest = Math.max(0.001, ...data.outcomes.map(({ seconds }) => seconds));
  return html`<div class="card">
    <dl class="facts">
      <div><dt>run</dt><dd><code>${data.run.id}</code></dd></div>
      <div><dt>release</dt><dd><code>${data.run.release ?? 'none'}</code></dd></div>
      <div><dt>finished</dt><dd>${formatTimestamp(data.run.finishedAt)} UTC</dd></div>
      <div><dt>took</dt><dd>${formatSeconds(data.run.seconds)}</dd></div>
      <div><dt>plan</dt><dd><code>${data.plan.hash.slice(0, 16)}</code></dd></div>
      <div><dt>product</dt><dd>DQOps Lakehouse ${data.version}</dd></div>
    </dl>
    <details>
      <summary>Every step with its time</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr><th scope="col">step</th><th scope="col">table</th><th scope="col">what was done</th><th scope="col" class="number">rows</th><th scope="col" class="number">seconds</th></tr>
          </thead>
          <tbody>
            ${data.outcomes.map(
              (outcome) =>
                html`<tr>
                  <td>${outcome.step}</td>
                  <td>${outcome.table}</td>
                  <td>${outcome.detail}</td>
                  <td class="number">${outcome.rows === null ? '–' : formatNumber(outcome.rows)}</td>
                  <td class="number bar-cell" style="--share:${((outcome.seconds / longest) * 100).toFixed(1)}%">${outcome.seconds.toFixed(1)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </div>`;
}
