import { summarizeChecks } from '../render/checkSummary.js';
import { formatNumber, formatSeconds, formatTimestamp } from '../render/format.js';
import type { RunStatus } from '../runtime/results.js';
import { accountingByTable } from './conservation.js';
import { html, type Html } from './html.js';
import type { ReportData } from './reportData.js';

const verdicts: Readonly<Record<RunStatus, { readonly text: string; readonly state: string }>> = {
  published: { text: 'Published', state: 'passed' },
  rolledBack: { text: 'Rolled back', state: 'passed' },
  refined: { text: 'Refined to silver', state: 'passed' },
  nothingNew: { text: 'Up to date', state: 'passed' },
  auditFailed: { text: 'Audit failed: gold left as it was', state: 'failed' },
  failed: { text: 'Run failed', state: 'failed' },
  interrupted: { text: 'Interrupted', state: 'warned' },
};

function figure(value: string, label: string, state: string): Html {
  return html`<div class="kpi ${state}"><strong>${value}</strong><span>${label}</span></div>`;
}

/** Who this is about, the verdict, and the run in six numbers. */
export function renderMasthead(data: ReportData): Html {
  const totals = [...accountingByTable(data).values()];
  const sum = (read: (accounting: (typeof totals)[number]) => number): number =>
    totals.reduce((total, accounting) => total + read(accounting), 0);
  const checks = summarizeChecks(data.checks);
  const failed = checks.filter(({ state }) => state === 'failed').length;
  const warned = checks.filter(({ state }) => state === 'warned').length;
  const held = data.held.reduce((total, { open }) => total + open, 0);
  const waiting = data.held.reduce((total, table) => total + table.waiting, 0);
  const gold = data.plan.tables.filter(({ layer, domain }) => layer === 'gold' && domain === data.domain).length;
  const { override } = data.run;
  const verdict =
    override === undefined ? verdicts[data.run.status] : { text: 'Published by override', state: 'warned' };
  const domain = data.plan.domains.find(({ name }) => name === data.domain);
  return html`<header class="masthead">
    <p class="product">DQOps Lakehouse</p>
    <div class="title">
      <h1>${data.domain}</h1>
      <span class="badge verdict ${verdict.state}">${verdict.text}</span>
    </div>
    <p class="lead">${domain?.description ?? ''}</p>
    <p class="byline">
      ${domain === undefined ? null : html`${domain.team} · `}${data.run.release === null ? null : html`${data.run.release} · `}${formatTimestamp(data.run.finishedAt)} UTC · ${formatSeconds(data.run.seconds)}
    </p>
    ${override === undefined ? null : html`<p class="override">Published although the audit of run ${override.run} failed: ${override.by} set it aside on ${formatTimestamp(override.at)} UTC. “${override.reason}”</p>`}
    <div class="kpis">
      ${figure(formatNumber(sum(({ read }) => read)), 'rows read into silver', '')}
      ${figure(formatNumber(sum(({ inserted, updated }) => inserted + updated)), 'rows merged', '')}
      ${figure(formatNumber(held), 'rows in quarantine', held === 0 ? 'passed' : 'warned')}
      ${figure(formatNumber(waiting), 'rows waiting', '')}
      ${figure(`${formatNumber(checks.length - failed - warned)} / ${formatNumber(checks.length)}`, 'checks passed', failed > 0 ? 'failed' : 'passed')}
      ${figure(formatNumber(gold), 'gold tables', '')}
    </div>
  </header>`;
}
