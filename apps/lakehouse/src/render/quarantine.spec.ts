import { shopPlan } from '../plan.fixture.js';
import { readPayload, renderQuarantinedRows, renderQuarantineList } from './quarantine.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const required = 'silver.orders/amount/required';

describe('quarantine', () => {
  it('is listed by table and rule, the rule in words, the most rows first', () => {
    const tables = [
      { table: 'silver.orders', open: 1200, waiting: 3, replayed: 2, rules: { gone: 3, [required]: 1200, mended: 0 } },
      { table: 'silver.customers', open: 0, waiting: 0, replayed: 9, rules: {} },
    ];
    expect(renderQuarantineList(tables, shopPlan, plain)).toBe(
      [
        'silver.orders  1,200 open, 3 waiting for a parent, 2 replayed',
        'rule                            rows  what it demands',
        'silver.orders/amount/required  1,200  amount has a value',
        'gone                               3  not in the plan any more',
      ].join('\n'),
    );
  });

  it('says so where it is empty', () => {
    expect(renderQuarantineList([], shopPlan, plain)).toBe('Quarantine is empty.');
    expect(renderQuarantinedRows([], plain)).toBe('There is no such row in quarantine.');
  });

  it('shows a row with its rules and its values as they came', () => {
    const row = {
      row: 'orders-000001:a.csv:7',
      status: 'open',
      rules: [required],
      reason: null,
      payload: '{"order_id":"7","amount":null}',
      quarantinedAt: '2026-03-01T12:00:00Z',
    };
    expect(renderQuarantinedRows([row], plain)).toBe(
      [
        'orders-000001:a.csv:7 open, since 2026-03-01 12:00 UTC',
        `  breaks ${required}`,
        '  order_id  7',
        '  amount    ∅',
        '',
        '1 row',
      ].join('\n'),
    );
  });

  it.each([
    [null, {}],
    ['{"a":1}', { a: 1 }],
    ['[1]', { text: '[1]' }],
    ['7,"broken', { text: '7,"broken' }],
  ])('reads the payload %j', (payload, expected) => {
    expect(readPayload(payload)).toEqual(expected);
  });
});
