import { supersetIdentity } from '@lakehouse/connections';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { login, type Visitor } from '../dashboards/login.js';
import { makeUser } from '../dashboards/makeUser.js';
import { openDashboard } from '../dashboards/openDashboard.js';
import { listed, supersetApi, type SupersetApi } from '../dashboards/supersetApi.js';
import { expectDone, pictureFile, platformHome, publishedPort, secret } from './platform.js';

const dashboards = ['carrier_scorecard', 'data_quality', 'operations_overview', 'routes'];
/** How the title of the chart at the head of each dashboard begins. */
const standing = 'What these charts stand on';
/** Debian's; playwright-core brings none. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

interface ListedChart {
  readonly id: number;
  readonly slice_name: string;
}

interface PlannedChart {
  readonly title: string;
  readonly sql: string;
  readonly values: readonly { readonly column: string; readonly label: string; readonly metric: object | null }[];
}

function plannedCharts(): readonly PlannedChart[] {
  const plan = JSON.parse(readFileSync(join(platformHome(), 'plan.json'), 'utf8')) as {
    dashboards: { charts: PlannedChart[] }[];
  };
  return plan.dashboards.flatMap(({ charts }) => charts);
}

/** What the charts measure, however the rows are ordered and their columns called. */
function measured(rows: readonly Readonly<Record<string, unknown>>[], columns: readonly string[]): readonly string[] {
  const shown = (value: unknown): string => {
    const number = typeof value === 'number' ? value : Number(value);
    if (value === null || value === undefined) return '';
    // Points in time are told in several ways.
    return Number.isFinite(number) && number < 1e11 ? number.toPrecision(9) : 'time';
  };
  return rows.map((row) => columns.map((column) => shown(row[column])).join(' ')).sort();
}

/** Superset on published tables. */
describe('the dashboards', () => {
  let admin: Visitor;
  let api: SupersetApi;
  beforeAll(async () => {
    const { name, secret: password } = supersetIdentity.admin;
    admin = { url: `http://127.0.0.1:${publishedPort('SUPERSET')}`, username: name, password: secret(password) };
    api = await supersetApi(admin);
  });

  test('are those of the files, and a second import changes nothing', () => {
    expect(expectDone('bi', 'diff').trim()).toBe('nothing to change');
    expect(expectDone('bi', 'apply').trim()).toBe('nothing to change');
  });

  test('show what the same queries say', async () => {
    const all = await listed<ListedChart>(api, '/chart/');
    const charts = all.filter(({ slice_name: title }) => !title.startsWith(standing));
    const planned = plannedCharts();
    expect(charts.map(({ slice_name: title }) => title).sort()).toEqual(planned.map(({ title }) => title).sort());
    for (const { id, slice_name: title } of charts) {
      const chart = planned.find((candidate) => candidate.title === title);
      if (chart === undefined) throw new Error(title);
      const metrics = chart.values.filter(({ metric }) => metric !== null);
      const { status, body } = await api.get(`/chart/${id}/data/`);
      expect({ title, status }).toEqual({ title, status: 200 });
      const [answer] = (body as { result: { data: Record<string, unknown>[] }[] }).result;
      const sql = chart.sql.replaceAll(/\$\{([\w.]+)\}/g, '$1');
      const expected = JSON.parse(expectDone('query', sql, '--json', '--limit', '100000')) as Record<string, unknown>[];
      const rows = answer?.data ?? [];
      expect(rows.length).toBeGreaterThan(0);
      const names = metrics.map(({ label }) => label.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_'));
      expect({ title, rows: measured(rows, names) }).toEqual({
        title,
        rows: measured(
          expected,
          metrics.map(({ column }) => column),
        ),
      });
    }
  });

  test('tell the release and the verdict that they stand on', async () => {
    const published =
      'select table_name, max_by(release, published_at) as release from ops.releases group by table_name';
    const releases = JSON.parse(expectDone('query', published, '--json')) as { table_name: string; release: string }[];
    const charts = (await listed<ListedChart>(api, '/chart/')).filter(({ slice_name: title }) =>
      title.startsWith(standing),
    );
    expect(charts).toHaveLength(dashboards.length);
    for (const { id, slice_name: title } of charts) {
      const { status, body } = await api.get(`/chart/${id}/data/`);
      expect({ title, status }).toEqual({ title, status: 200 });
      const [answer] = (body as { result: { data: Record<string, unknown>[] }[] }).result;
      const rows = answer?.data ?? [];
      expect(rows.length).toBeGreaterThan(0);
      for (const { table_name: table, release, quality, open_incidents: open } of rows) {
        expect(releases).toContainEqual({ table_name: table, release });
        expect(quality).toMatch(Number(open) > 0 ? /^in doubt: / : /^passed/);
      }
    }
  });

  describe('in the browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });
    afterAll(() => browser.close());

    test.each(dashboards)('%s shows all its charts and asks nobody else', async (dashboard) => {
      const session = await login(admin);
      const picture = pictureFile(dashboard);
      const seen = await openDashboard(browser, { url: admin.url, session, dashboard, picture });
      expect(seen.charts.length).toBeGreaterThan(3);
      expect(seen.charts.filter(({ fault }) => fault !== null)).toEqual([]);
      expect(seen.elsewhere).toEqual([]);
      expect(existsSync(picture)).toBe(true);
    });
  });

  describe('for the roles', () => {
    const password = 'a-password-of-the-tests';

    test('a viewer looks at dashboards and does nothing else', async () => {
      const viewer = await supersetApi({ ...admin, username: await makeUser(api, 'Viewer', password), password });
      expect((await viewer.get('/dashboard/routes')).status).toBe(200);
      const [dashboard] = await listed<{ id: number }>(viewer, '/dashboard/');
      expect((await viewer.remove(`/dashboard/${dashboard?.id ?? 0}`)).status).toBe(403);
      expect(
        (await viewer.post('/chart/', { slice_name: 'mine', datasource_id: 1, datasource_type: 'table' })).status,
      ).toBe(403);
      expect((await viewer.post('/sqllab/execute/', { database_id: 1, sql: 'select 1' })).status).toBe(403);
    });

    test('an analyst asks gold and ops, makes charts, and writes to no table', async () => {
      const analyst = await supersetApi({ ...admin, username: await makeUser(api, 'Analyst', password), password });
      const ask = (sql: string) =>
        analyst.post('/sqllab/execute/', { database_id: 1, sql, schema: 'gold', runAsync: false });
      expect(await ask('select count(*) as n from gold.fleet_use')).toMatchObject({
        status: 200,
        body: { status: 'success' },
      });
      for (const sql of ['select * from silver.flights', 'delete from gold.fleet_use', 'drop table gold.fleet_use']) {
        expect({ sql, status: (await ask(sql)).status }).not.toEqual({ sql, status: 200 });
      }
      const [dataset] = await listed<{ id: number }>(analyst, '/dataset/');
      const chart = {
        slice_name: 'mine',
        viz_type: 'table',
        datasource_id: dataset?.id ?? 0,
        datasource_type: 'table',
        params: '{}',
      };
      expect((await analyst.post('/chart/', chart)).status).toBe(201);
      expect((await analyst.remove(`/dataset/${dataset?.id ?? 0}`)).status).toBe(403);
      // What a user made is no change to make.
      expect(expectDone('bi', 'diff').trim()).toBe('nothing to change');
    });
  });
});
