import { advance, finishedLine, liveLines, noProgress, plainLines } from './progress.js';
import { createStyle } from './style.js';

const plain = createStyle(false);
const started = { event: 'stepStarted', step: 'refine', subject: 'silver.orders', detail: '' } as const;
const moved = {
  event: 'progress',
  step: 'refine',
  subject: 'silver.orders',
  done: 600,
  total: 1200,
  unit: 'rows',
} as const;
const finished = {
  event: 'stepFinished',
  step: 'refine',
  subject: 'silver.orders',
  seconds: 3.5,
  detail: 'merged 1 batch',
  rows: 1150,
  accounting: null,
} as const;

describe('progress', () => {
  it('shows a step from its start to its end', () => {
    const running = advance(advance(noProgress, started, 1000), moved, 2000);
    expect(plainLines(running, 3000)).toBe('… refine   silver.orders  600 of 1,200 rows, 2.0 s');
    expect(liveLines(running, 3000, plain)).toContain(`${'━'.repeat(20)} 600 of 1,200 rows, 2.0 s`);
    expect(advance(running, finished, 4500)).toEqual([]);
    expect(finishedLine(finished, plain)).toBe('✓ refine   silver.orders  1,150 rows, 3.5 s · merged 1 batch');
  });

  it('shows bytes in units and an unknown total without one', () => {
    const bytes = { ...moved, done: 4_200_000, total: null, unit: 'bytes' } as const;
    expect(plainLines(advance(advance(noProgress, started, 0), bytes, 0), 0)).toContain('4.2 MB, 0.0 s');
  });

  it('shows what the work is at', () => {
    const tasks = { ...moved, done: 3, total: 8, unit: 'tasks', detail: 'stage 2 of 3, 14.0 MB read' } as const;
    expect(plainLines(advance(advance(noProgress, started, 0), tasks, 0), 0)).toBe(
      '… refine   silver.orders  3 of 8 tasks, stage 2 of 3, 14.0 MB read, 0.0 s',
    );
  });

  it('forgets everything when the run ends', () => {
    const running = advance(noProgress, started, 0);
    const end = { event: 'runFinished', run: 'r', status: 'failed', seconds: 1, release: null } as const;
    expect(advance(running, end, 1)).toEqual([]);
  });

  it('ignores progress of a step that is not under way', () => {
    expect(advance(noProgress, moved, 0)).toEqual([]);
  });
});
