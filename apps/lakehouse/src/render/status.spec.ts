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
  warm: null,
  quarantine: [{ table: 'silver.orders', open: 12, waiting: 3, replayed: 0, rules: {} }],
  overrides: [],
};

describe('status', () => {
  it('shows what was published although its audit failed', () => {
    const overrides = [
      {
        run: 'r-6',
        domain: 'shop',
        by_whom: 'anna@desk',
        reason: 'a sale',
        overridden_at: '2026-03-01T12:02:00.000+00:00',
        release: 'r-7',
      },
    ];
    expect(renderStatus({ ...status, overrides }, createStyle(false))).toContain(
      [
        'Published although the audit failed',
        'failed run  domain  published as  by         when (UTC)        reason',
        'r-6         shop    r-7           anna@desk  2026-03-01 12:02  a sale',
      ].join('\n'),
    );
  });

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

  it('shows what is known of a holder, and for whom a domain is kept between tasks', () => {
    const since = '2026-03-01T13:00:00+00:00';
    const shown = (holder: Status['locks'][string]) =>
      /Locks {2}(.*)/.exec(renderStatus({ ...status, locks: { shop: holder } }, createStyle(false)))?.[1];
    expect(shown({ run: 'x', host: 'a1b2', since })).toBe(`shop is held by run x on a1b2 since ${since}`);
    expect(shown({ run: 'x', host: 'a1b2', since, owner: 'shop__refine r1', until: '2026-03-01T13:10:00+00:00' })).toBe(
      `shop is held by run x on a1b2 since ${since}, kept for shop__refine r1 until 2026-03-01T13:10:00+00:00`,
    );
    expect(shown({})).toBe('shop is held by a run');
  });

  it('says that nothing is there yet', () => {
    const ready = { ...status, warm: { process: 7, since: '2026-03-01T12:00:00+00:00', minutes: 10 } };
    expect(renderStatus(ready, createStyle(false))).toContain(
      'Spark  stays ready since 2026-03-01 12:00 UTC (process 7), until nothing calls it for 10 minutes',
    );
    const empty = { ...status, runs: [], locks: {}, quarantine: [] };
    const text = renderStatus(empty, createStyle(false));
    expect(text).toContain('Last runs\nnone');
    expect(text).toContain('Quarantine\nempty');
    expect(text).toContain('Locks  no run under way');
  });
});
