import type { Batch } from '../runtime/results.js';
import { renderBatches, renderRevert } from './batches.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const refined: Batch = {
  table: 'silver.orders',
  batch: 'orders-000001',
  state: 'refined',
  rows: 1200,
  merged: 1150,
  quarantined: 12,
  refinedAt: '2026-03-01T12:00:00.000+00:00',
  release: 'r-7',
  reverted: null,
};
const reverted = { by: 'anna@desk', reason: 'wrong currency', at: '2026-03-02T12:00:00.000+00:00' };
const none = { inserted: 0, supersededInBatch: 0, supersededByTarget: 0, quarantined: 0, waiting: 0 };

describe('batches', () => {
  it('stand with what became of them', () => {
    const gone: Batch = { ...refined, batch: 'orders-000002', state: 'reverted', merged: 0, release: null, reverted };
    expect(renderBatches([refined, gone], plain).split('\n')).toEqual([
      'table          batch           rows  merged  quarantined  refined (UTC)     release  state',
      'silver.orders  orders-000001  1,200   1,150           12  2026-03-01 12:00  r-7      refined',
      'silver.orders  orders-000002  1,200       0           12  2026-03-01 12:00  –        taken out by anna@desk: wrong currency',
    ]);
    expect(renderBatches([], plain)).toBe('Nothing was ingested yet.');
  });

  it('say what taking one out did, and that a second time does nothing', () => {
    const accounting = { ...none, read: 9, updated: 4, unchanged: 5 };
    const done = { batch: 'orders-000002', changed: true, tables: [{ table: 'silver.orders', accounting }] };
    expect(renderRevert(done, plain)).toBe(
      'silver.orders  orders-000002 taken out: 9 rows of other batches read again, 4 keys rebuilt from them, 5 unchanged\n' +
        'The next run audits what changed and takes it to gold.',
    );
    expect(renderRevert({ ...done, changed: false, tables: [] }, plain)).toContain('nothing changed');
  });
});
