import { shopPlan } from '../plan.fixture.js';
import type { Quality } from '../runtime/results.js';
import { renderQuality } from './quality.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const owner = { domain: 'shop', team: 'sales' };

const quality: Quality = {
  days: 30,
  tables: [
    {
      ...owner,
      table: 'silver.orders',
      verdict: {
        run: 'r-8',
        at: '2026-03-01T12:00:00.000+00:00',
        state: 'failed',
        judged: 12,
        failed: 1,
        warned: 1,
        checks: [
          {
            check: 'silver.orders/maxQuarantine',
            batch: 'orders-000002',
            severity: 'error',
            actual: 12.5,
            expected: '≤ 5 %',
            description: '',
          },
        ],
      },
      kpi: 97.25,
      quarantine: {
        table: 'silver.orders',
        open: 12,
        waiting: 3,
        replayed: 1,
        rules: { 'silver.orders/amount/required': 12, 'silver.orders/mended': 0 },
      },
      freshness: { hours: 240, expected: '≤ 24 h', passed: false },
      incidents: ['gate/silver.orders/conformity/r-8'],
    },
    { ...owner, table: 'gold.revenue', verdict: null, kpi: null, quarantine: null, freshness: null, incidents: [] },
  ],
  incidents: [
    {
      id: 'gate/silver.orders/conformity/r-8',
      source: 'gate',
      table: 'silver.orders',
      dimension: 'conformity',
      severity: 'error',
      status: 'acknowledged',
      description: 'silver.orders/maxQuarantine: Rows of the batch in quarantine.',
      run: 'r-8',
      failedChecks: 1,
      firstSeen: '2026-03-01T12:00:00.000+00:00',
      lastSeen: '2026-03-02T12:00:00.000+00:00',
      by: 'anna@desk',
      downstream: ['gold.revenue'],
    },
  ],
};

describe('quality', () => {
  const text = renderQuality(quality, shopPlan, plain);

  it('is one line a table', () => {
    expect(text.split('\n').slice(0, 3)).toEqual([
      'table          last audit (UTC)                            passed in 30 days  quarantined  newest row           incidents',
      'silver.orders  1 failed, 1 warning of 12 2026-03-01 12:00             97.3 %           15  10 days, not ≤ 24 h          1',
      'gold.revenue   never judged                                                –            0  –                            0',
    ]);
  });

  it('tells what failed, what is in quarantine, and what stands behind which published table', () => {
    expect(text).toMatch(/✗ +silver\.orders\/maxQuarantine +12\.5 +≤ 5 % +orders-000002/);
    expect(text).toMatch(/silver\.orders\/amount\/required +12 +amount has a value/);
    expect(text).not.toContain('silver.orders/mended');
    expect(text).toContain('acknowledged by anna@desk');
    expect(text).toContain('it stands behind gold.revenue');
  });

  it('says so where nothing is wrong', () => {
    expect(renderQuality({ ...quality, tables: [], incidents: [] }, shopPlan, plain)).toContain('Incidents\nnone');
  });
});
