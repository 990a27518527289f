import { renderPlannedSteps } from './plannedSteps.js';
import { createStyle } from './style.js';

const plain = createStyle(false);

describe('what a run would do', () => {
  it('stands per table with its reason', () => {
    const steps = [
      { table: 'bronze.orders', action: 'append' as const, reason: 'landed', batches: 2, rows: 1200 },
      {
        table: 'gold.revenue',
        action: 'nothing' as const,
        reason: 'its inputs did not change',
        batches: 0,
        rows: null,
      },
    ];
    expect(renderPlannedSteps('shop', steps, [], plain)).toBe(
      [
        'shop  1 table of 2 would change',
        'table          action   batches   rows  why',
        'bronze.orders  append         2  1,200  landed',
        'gold.revenue   nothing                  its inputs did not change',
      ].join('\n'),
    );
  });

  it('says what changed in the files where that asks for a rebuild', () => {
    const step = { table: 'gold.revenue', action: 'rebuild' as const, reason: 'changed', batches: 0, rows: null };
    const change = { table: 'gold.revenue', action: 'rebuild' as const, reason: 'model changed' };
    expect(renderPlannedSteps('shop', [step], [change], plain)).toMatch(/rebuild .* model changed$/);
  });

  it('is a sentence where nothing is to do', () => {
    expect(renderPlannedSteps('shop', [], [], plain)).toBe('shop  nothing to do');
  });
});
