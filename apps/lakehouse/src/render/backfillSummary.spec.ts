import { shopRun } from '../run.fixture.js';
import { renderBackfillSummary } from './backfillSummary.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const january = { table: 'silver.orders', from: '2013-01-01', to: '2013-01-31', batches: ['orders-1'], resumed: false };
const february = { ...january, from: '2013-02-01', to: '2013-02-28', batches: ['orders-2', 'orders-3'] };

describe('the summary of a backfill', () => {
  it('says what was refined again before what became of the rows', () => {
    const text = renderBackfillSummary('shop', { ...shopRun, intervals: [january, february] }, 65, plain);
    expect(text.split('\n')[0]).toBe('Refined again 3 batches in 1 table, interval by interval');
    expect(text).toContain('shop  Published as r-7');
  });

  it('says what had been done before it was cut short', () => {
    const intervals = [{ ...january, resumed: true }, february];
    expect(renderBackfillSummary('shop', { ...shopRun, intervals }, 65, plain)).toContain(
      ', 1 interval of them before it was cut short\n',
    );
  });

  it('says that no batch is of these days', () => {
    expect(renderBackfillSummary('shop', { ...shopRun, status: 'nothingNew', intervals: [] }, 1, plain)).toBe(
      'shop  Nothing to do: no batch that was refined is of these days',
    );
  });
});
