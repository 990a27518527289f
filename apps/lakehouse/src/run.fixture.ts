import type { CheckOutcome, RunResult } from './runtime/results.js';

const passedCheck: CheckOutcome = {
  check: 'gold.revenue/no-loss',
  table: 'gold.revenue',
  batch: null,
  passed: true,
  severity: 'error',
  actual: 0,
  expected: 'equal to 0',
  description: 'no day loses money',
  dimension: 'consistency',
};

/** The same check where three days lose money. */
export const failedCheck: CheckOutcome = { ...passedCheck, passed: false, actual: 3 };

/** A run of the shop that published. */
export const shopRun: RunResult = {
  run: '20260301-120000-abc',
  status: 'published',
  release: 'r-7',
  failures: [],
  checks: [passedCheck],
  tables: [
    { table: 'bronze.orders', step: 'ingest', accounting: null, rows: 1200, seconds: 1.25, detail: '1 batch' },
    {
      table: 'silver.orders',
      step: 'refine',
      accounting: {
        read: 1200,
        inserted: 1100,
        updated: 50,
        unchanged: 10,
        supersededInBatch: 20,
        supersededByTarget: 5,
        quarantined: 12,
        waiting: 3,
      },
      rows: 1150,
      seconds: 3.5,
      detail: 'merged 1 batch',
    },
    { table: 'gold.revenue', step: 'build', accounting: null, rows: 31, seconds: 2, detail: 'rebuilt' },
    { table: 'gold.revenue', step: 'publish', accounting: null, rows: 31, seconds: 0.5, detail: 'published' },
  ],
};
