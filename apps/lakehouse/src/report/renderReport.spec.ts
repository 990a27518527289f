import { shopPlan } from '../plan.fixture.js';
import { failedCheck, shopRun } from '../run.fixture.js';
import { renderReport } from './renderReport.js';
import type { ReportData } from './reportData.js';

const assets = { script: 'var lakehouseReport = "</script>";', styles: 'body{}', font: 'AAAA' };
const hostile = `</script><img src=x onerror=alert(1)>"'`;

const data: ReportData = {
  domain: 'shop',
  version: '0.1.0',
  generatedAt: '2026-03-01T12:05:00Z',
  plan: shopPlan,
  run: { id: shopRun.run, status: 'published', finishedAt: '2026-03-01T12:01:00Z', seconds: 7, release: 'r-7' },
  outcomes: shopRun.tables,
  checks: shopRun.checks,
  quarantine: [
    {
      table: 'silver.orders',
      rule: 'silver.orders/amount/required',
      rows: 12,
      waiting: false,
      examples: [{ order_id: '7', amount: null }],
    },
  ],
  held: [{ table: 'silver.orders', open: 12, waiting: 3 }],
  charts: [
    { dashboard: 'overview', title: 'Revenue by day', rows: [{ day: '2026-03-01', revenue: 4200 }] },
    { dashboard: 'overview', title: 'Revenue of the year', rows: [{ revenue: 1234567 }] },
  ],
};

describe('the report', () => {
  const page = renderReport(data, assets);

  it('loads nothing', () => {
    expect(page).not.toMatch(/(src|href)\s*=\s*["']?(https?:)?\/\//i);
    expect(page).not.toContain('<link');
    expect(page).not.toContain('@import');
  });

  it('shows the verdict, the release and the accounting that adds up', () => {
    expect(page).toContain('Published');
    expect(page).toContain('r-7 · 2026-03-01 12:01 UTC');
    expect(page).toContain('every row accounted for');
    expect(page).toContain('<b>1,200</b> read');
    expect(page).toContain('<b>1,100</b> inserted');
  });

  it('says who published what an audit had held back, and why', () => {
    const override = { run: 'r-6', by: 'anna@desk', reason: 'a <sale>', at: '2026-03-01T12:00:30Z' };
    const overridden = renderReport({ ...data, run: { ...data.run, override } }, assets);
    expect(overridden).toContain('Published by override');
    expect(overridden).toContain('anna@desk set it aside on 2026-03-01 12:00 UTC. “a &lt;sale&gt;”');
  });

  it('says so where rows are missing from the accounting', () => {
    const outcomes = data.outcomes.map((outcome) =>
      outcome.accounting === null ? outcome : { ...outcome, accounting: { ...outcome.accounting, inserted: 1000 } },
    );
    expect(renderReport({ ...data, outcomes }, assets)).toContain('100 rows missing');
  });

  it('counts a row in quarantine once, however many rules it breaks', () => {
    const [entry] = data.quarantine;
    const twice = entry === undefined ? [] : [entry, { ...entry, rule: 'silver.orders/amount/type' }];
    expect(renderReport({ ...data, quarantine: twice }, assets)).toContain(
      '<strong>12</strong><span>rows in quarantine</span>',
    );
  });

  it('shows quarantine by rule in words, with examples', () => {
    expect(page).toContain('amount has a value');
    expect(page).toContain('1 example');
  });

  it('draws charts only where there are rows, and shows big numbers at once', () => {
    expect(page).toContain('id="chart-overview-0"');
    expect(page).toContain('<strong>1,234,567</strong>');
    const withoutRows = renderReport({ ...data, charts: [] }, assets);
    expect(withoutRows).not.toContain('id="chart-overview-0"');
    expect(withoutRows).not.toContain('id="dashboards"');
  });

  it('names the table of every failed check', () => {
    const failed = renderReport(
      { ...data, run: { ...data.run, status: 'auditFailed' }, checks: [failedCheck] },
      assets,
    );
    expect(failed).toContain('What did not pass');
    expect(failed).toContain('Audit failed: gold left as it was');
    expect(failed).toContain('node gold failed');
  });

  it('describes tables, columns, keys, owners and contracts', () => {
    for (const text of ['One row per order.', 'Amount in cents.', 'sales@example.org', 'Orders 1.2.0, active']) {
      expect(page).toContain(text);
    }
  });

  it('cannot be broken out of by any text that it is given', () => {
    const attacked = renderReport(
      {
        ...data,
        plan: { ...shopPlan, domains: shopPlan.domains.map((domain) => ({ ...domain, description: hostile })) },
        outcomes: data.outcomes.map((outcome) => ({ ...outcome, detail: hostile })),
        checks: [{ ...failedCheck, description: hostile, expected: hostile, dimension: hostile }],
        quarantine: [{ table: hostile, rule: hostile, rows: 1, waiting: false, examples: [{ [hostile]: hostile }] }],
        charts: [
          { dashboard: 'overview', title: 'Revenue by day', rows: [{ day: hostile, revenue: 1, [hostile]: hostile }] },
        ],
      },
      assets,
    );
    expect(attacked).not.toContain('<img');
    expect(attacked.match(/<script>/g)).toHaveLength(2);
    expect(attacked.match(/<\/script>/g)).toHaveLength(2);
  });
});
