import type { Status } from '../runtime/results.js';
import { renderStatus } from './status.js';
import { createStyle } from './style.js';

const status: Status = {
  tables: [
    {
      table: 'silver.orders',
      version: 4,
      rows: 1160,
      bytes: 51234,
      changedAt: '2026-03-01T12:00:00+00:00',
      fingerprintCurrent: true,
      release: null,
      upToDate: true,
    },
    {
      table: 'gold.revenue',
      version: 2,
      rows: 31,
      bytes: 900,
      changedAt: '2026-03-01T12:01:00+00:00',
      fingerprintCurrent: false,
      release: 'r-7',
      upToDate: false,
    },
  ],
  runs: [
    {
      id: '20260301-120000-abc',
      domain: 'shop',
      status: 'published',
      started_at: '2026-03-01T12:00:00.000+00:00',
      finished_at: '2026-03-01T12:01:05.000+00:00',
      message: null,
      release: 'r-7',
    },
  ],
  locks: { shop: { run: 'x', host: 'here', process: 7, since: '2026-03-01T13:00:00+00:00' } },
  rollbackWindowHours: 168,
  quarantine: [{ table: 'silver.orders', open: 12, waiting: 3, replayed: 0, rules: {} }],
};

describe('status', () => {
  it('shows tables, runs, quarantine, who holds the lock and the rollback window', () => {
    expect(renderStatus(status, createStyle(false))).toBe(
      [
        'table          version   rows     size  changed (UTC)     state',
        'silver.orders        4  1,160  51.2 kB  2026-03-01 12:00  up to date',
        'gold.revenue         2     31    900 B  2026-03-01 12:01  rebuild due: model or contract changed',
        '',
        'Last runs',
        'run                  domain  status     started (UTC)           took  release',
        '20260301-120000-abc  shop    published  2026-03-01 12:00  1 min 05 s  r-7',
        '',
        'Quarantine',
        'table          open  waiting',
        'silver.orders    12        3',
        '',
        'Locks  shop is held by run x on here (process 7) since 2026-03-01T13:00:00+00:00',
        'Rollback window  168 h: older versions may be vacuumed',
      ].join('\n'),
    );
  });

  it('says that nothing is there yet', () => {
    const empty = { ...status, runs: [], locks: {}, quarantine: [] };
    const text = renderStatus(empty, createStyle(false));
    expect(text).toContain('Last runs\nnone');
    expect(text).toContain('Quarantine\nempty');
    expect(text).toContain('Locks  no run under way');
  });
});
