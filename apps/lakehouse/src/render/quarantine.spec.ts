import { shopPlan } from '../plan.fixture.js';
import { readPayload, renderQuarantinedRows, renderQuarantineList, renderReplay } from './quarantine.js';
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

  it('says of a row or file that could not be read how to mend it', () => {
    const row = {
      row: 'orders-000001:a.csv:7',
      status: 'open',
      rules: ['silver.orders/malformed'],
      reason: '2 fields instead of 3',
      payload: '7,x',
      quarantinedAt: '2026-03-01T12:00:00Z',
    };
    expect(renderQuarantinedRows([row], plain)).toContain(
      'quarantine replay --row orders-000001:a.csv:7 --set column=value …',
    );
    expect(renderQuarantinedRows([{ ...row, payload: null }], plain)).toContain('mend the file where it comes from');
  });

  it('says of a replay what was merged and what each rule still holds back', () => {
    const merged = {
      ...{ read: 4, inserted: 2, updated: 1, unchanged: 1, supersededInBatch: 0, supersededByTarget: 0 },
      ...{ quarantined: 0, waiting: 0 },
    };
    expect(renderReplay('silver.orders', { merged, broken: {} }, shopPlan, plain)).toBe(
      '3 rows merged into silver.orders, 1 brought nothing newer.',
    );
    const broken = { [required]: 1, 'silver.orders/malformed': 1200 };
    expect(renderReplay('silver.orders', { merged, broken }, shopPlan, plain)).toBe(
      [
        '3 rows merged into silver.orders, 1 brought nothing newer.',
        'The others stay in quarantine:',
        'rule                            rows  what it demands',
        'silver.orders/malformed        1,200  the record can be read',
        'silver.orders/amount/required      1  amount has a value',
        'A row that could not be read is mended by naming its values: --row ID --set column=value, once for each column.',
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
