import { shopPlan } from '../plan.fixture.js';
import type { Audit, FailedCheck } from '../runtime/results.js';
import { renderAudit } from './audit.js';
import { createStyle } from './style.js';

const plain = createStyle(false);

const noLoss: FailedCheck = {
  check: 'gold.revenue/no-loss',
  table: 'gold.revenue',
  batch: null,
  severity: 'error',
  dimension: 'consistency',
  actual: 3,
  expected: '= 0',
  description: 'no day loses money',
  sql: 'select count(*) from staging.revenue where revenue < 0',
  rows: [
    { day: '2026-03-01', revenue: -5 },
    { day: '2026-03-02', revenue: null },
  ],
  note: 'run r-9 built another candidate since; the rows are of that one.',
};

const audit: Audit = {
  run: {
    id: 'r-8',
    domain: 'shop',
    status: 'auditFailed',
    started_at: '2026-03-01T12:00:00+00:00',
    finished_at: null,
    release: null,
  },
  judged: 4,
  checks: [{ ...noLoss, check: 'gold.revenue/odd', severity: 'warning', sql: null, rows: [], note: null }, noLoss],
};

describe('an audit', () => {
  const text = renderAudit(audit, shopPlan, plain);

  it('counts what was judged', () => {
    expect(text).toMatch(/^r-8 {2}shop, auditFailed, 2026-03-01 12:00/);
    expect(text).toContain('2 passed, 1 warning, 1 failed of 4 checks');
  });

  it('shows of a check the numbers, the SQL, the rows and what to know of them', () => {
    expect(text).toContain(
      [
        '✗ gold.revenue/no-loss',
        '    no day loses money',
        '    table     gold.revenue',
        '    actual    3',
        '    expected  = 0',
        '    severity  error: it blocks a publish',
        '    contract  libs/domains/shop/contracts/gold.revenue.odcs.yaml',
        '    SQL',
        '      select count(*) from staging.revenue where revenue < 0',
        '    rows',
        '      day         revenue',
        '      2026-03-01  -5',
      ].join('\n'),
    );
    expect(text).toContain('    note      run r-9 built another candidate');
  });

  it('shows what blocks before what warns', () => {
    expect(text.indexOf('no-loss')).toBeLessThan(text.indexOf('odd'));
  });

  it('cuts values that no terminal has room for', () => {
    const rows = [{ payload: 'x'.repeat(500) }];
    expect(renderAudit({ ...audit, checks: [{ ...noLoss, rows }] }, shopPlan, plain)).toContain(`${'x'.repeat(59)}…`);
  });
});
