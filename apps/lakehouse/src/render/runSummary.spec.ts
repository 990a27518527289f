import { failedCheck, shopRun } from '../run.fixture.js';
import { renderRunSummary } from './runSummary.js';
import { createStyle } from './style.js';

const plain = createStyle(false);

describe('the summary of a run', () => {
  it('says per table what became of its rows, the verdict and the release', () => {
    expect(renderRunSummary('shop', shopRun, 65, plain)).toBe(
      [
        'table          rows in  merged  unchanged  quarantined  waiting  superseded  seconds',
        'bronze.orders    1,200       –          –            –        –           –      1.3',
        'silver.orders    1,200   1,150         10           12        3          25      3.5',
        'gold.revenue        31       –          –            –        –           –      2.5',
        '',
        'Quality  good: 1 passed of 1 check',
        'shop  Published as r-7 (1 min 05 s, run 20260301-120000-abc)',
      ].join('\n'),
    );
  });

  it('shows warnings with what was found and what was expected', () => {
    const checks = [{ ...failedCheck, severity: 'warning' as const }];
    const text = renderRunSummary('shop', { ...shopRun, checks }, 1, plain);
    expect(text).toContain('Quality  good: 0 passed, 1 warning of 1 check');
    expect(text).toContain('! gold.revenue/no-loss: 3, expected equal to 0');
  });

  it('names one warning of many batches once', () => {
    const warning = { ...failedCheck, severity: 'warning' as const };
    const checks = [
      { ...warning, batch: 'orders-000001' },
      { ...warning, batch: 'orders-000002' },
    ];
    const text = renderRunSummary('shop', { ...shopRun, checks }, 1, plain);
    expect(text.match(/! gold\.revenue\/no-loss/g)).toHaveLength(1);
    expect(text).toContain('in 2 of 2 batches');
  });

  it('says that a failed audit left gold as it was', () => {
    const text = renderRunSummary('shop', { ...shopRun, status: 'auditFailed', checks: [failedCheck] }, 1, plain);
    expect(text).toContain('Quality  failed: 0 passed, 1 failed of 1 check');
    expect(text).toContain('Audit failed: gold is left as it was');
  });

  it('is one line where nothing was new', () => {
    const text = renderRunSummary('shop', { ...shopRun, status: 'nothingNew', tables: [], checks: [] }, 1.2, plain);
    expect(text).toBe('shop  Nothing new: every table is up to date (1.2 s, run 20260301-120000-abc)');
  });
});
