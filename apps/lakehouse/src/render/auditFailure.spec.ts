import { shopPlan } from '../plan.fixture.js';
import { failedCheck } from '../run.fixture.js';
import { renderAuditFailure } from './auditFailure.js';
import { createStyle } from './style.js';

const plain = createStyle(false);

describe('a failed audit', () => {
  it('is explained check by check, with the contract to look into', () => {
    const text = renderAuditFailure({ checks: [failedCheck], failures: [] }, shopPlan, plain);
    expect(text).toContain(
      [
        '✗ gold.revenue/no-loss',
        '    no day loses money',
        '    actual    3',
        '    expected  equal to 0',
        '    contract  libs/domains/shop/contracts/gold.revenue.odcs.yaml',
      ].join('\n'),
    );
    expect(text).toContain('Gold still holds what it held before this run.');
  });

  it('points to the quarantine of the silver table concerned, and to taking the batch out', () => {
    const check = { ...failedCheck, table: 'silver.orders', batch: 'orders-000002', actual: null };
    const text = renderAuditFailure({ checks: [check], failures: [] }, shopPlan, plain);
    expect(text).toContain('quarantine show --table silver.orders');
    expect(text).toContain('batch     orders-000002');
    expect(text).toContain('`./lakehouse batch revert orders-000002 --reason …`');
    expect(text).toContain('actual    no value');
  });

  it('is nothing where only warnings did not pass', () => {
    const checks = [{ ...failedCheck, severity: 'warning' as const }];
    expect(renderAuditFailure({ checks, failures: [] }, shopPlan, plain)).toBe('');
  });
});
