import { supersetIdentity } from '@lakehouse/connections';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listed, supersetApi, type SupersetApi } from '../dashboards/supersetApi.js';
import { workspace } from '../lakehouse.js';
import { serviceContainer } from './containers.js';
import { eventually } from './eventually.js';
import { expectDone, publishedPort, secret } from './platform.js';
import { StartedCommand } from './startedCommand.js';

const nothing = 'nothing to change';
/** Superset is up after half a minute, on a busy machine after three times that. */
const patienceSeconds = 180;

async function openApi(): Promise<SupersetApi> {
  const { name: username, secret: password } = supersetIdentity.admin;
  return supersetApi({
    url: `http://127.0.0.1:${publishedPort('SUPERSET')}`,
    username,
    password: secret(password),
  });
}

/** Waits until a service that was started is healthy. */
async function healthy(service: string): Promise<void> {
  await eventually(async () => {
    const { facts } = await serviceContainer(service);
    return facts.State.Health?.Status === 'healthy' ? true : undefined;
  }, patienceSeconds);
}

/** Files of all domains that a test may change. */
let domains: string;

/** `./lakehouse bi apply` with the changed files. */
function applyChanged(): string {
  process.env['LAKEHOUSE_DOMAINS'] = domains;
  try {
    return expectDone('bi', 'apply');
  } finally {
    Reflect.deleteProperty(process.env, 'LAKEHOUSE_DOMAINS');
  }
}

/** The charts on dashboards; one that a user made and put on none may have nothing to show. */
async function chartsShown(api: SupersetApi): Promise<readonly number[]> {
  const dashboards = await listed<{ id: number }>(api, '/dashboard/');
  const charts = await Promise.all(dashboards.map(({ id }) => listed<{ id: number }>(api, `/dashboard/${id}/charts`)));
  return charts.flat().map(({ id }) => id);
}

/** Waits until a chart shows its rows; a query server that has just come up may be too slow for the first look. */
async function shownAgain(api: SupersetApi, chart: number): Promise<void> {
  await eventually(async () => {
    const { status, body } = await api.get(`/chart/${chart}/data/?force=true`);
    if (status === 200) return true;
    throw new Error(`Chart ${chart} is not shown again (${status}): ${JSON.stringify(body)}`);
  }, patienceSeconds);
}

/** Superset follows the files, whatever happens on the way. */
describe('an import of dashboards', () => {
  const file = (): string => join(domains, 'flights/dashboards/routes.yaml');
  beforeAll(() => {
    domains = mkdtempSync(join(tmpdir(), 'lakehouse-domains-'));
    cpSync(join(workspace, 'libs/domains'), domains, { recursive: true });
  });
  afterAll(() => {
    rmSync(domains, { recursive: true, force: true });
  });

  test('follows a change, a removal and the way back, and changes nothing the second time', async () => {
    const titles = async (): Promise<readonly string[]> =>
      (await listed<{ dashboard_title: string }>(await openApi(), '/dashboard/')).map(
        ({ dashboard_title: title }) => title,
      );
    const before = await titles();
    writeFileSync(file(), readFileSync(file(), 'utf8').replace(/^title: .*$/m, 'title: Another title'));
    expect(applyChanged()).toContain('Another title');
    expect(await titles()).toContain('Another title');
    expect(applyChanged().trim()).toBe(nothing);
    rmSync(file());
    applyChanged();
    expect(await titles()).toHaveLength(before.length - 1);
    expect(applyChanged().trim()).toBe(nothing);
    expectDone('bi', 'apply');
    expect((await titles()).toSorted()).toEqual(before.toSorted());
    expect(expectDone('bi', 'diff').trim()).toBe(nothing);
  });

  test('that a restart of Superset breaks off is done again', async () => {
    rmSync(file(), { force: true });
    applyChanged();
    const { container } = await serviceContainer('superset');
    const command = new StartedCommand('bi', 'apply');
    await sleep(4000);
    await container.restart({ t: 1 });
    // It may have been done before, or have waited until Superset was there again.
    await command.ended;
    await healthy('superset');
    expectDone('bi', 'apply');
    expect(expectDone('bi', 'diff').trim()).toBe(nothing);
  });

  test('that begins before Superset is ready waits for it', async () => {
    const { container } = await serviceContainer('superset');
    await container.stop({ t: 1 });
    const command = new StartedCommand('bi', 'apply');
    await sleep(3000);
    await container.start();
    expect(await command.ended).toBe(0);
    await healthy('superset');
  });

  test('needs no query server, and a dashboard says that it is away and shows its charts when it is back', async () => {
    const { container } = await serviceContainer('query-server');
    await container.stop({ t: 30 });
    try {
      expect(expectDone('bi', 'diff').trim()).toBe(nothing);
      const api = await openApi();
      const [chart] = await chartsShown(api);
      const since = Date.now();
      const { status } = await api.get(`/chart/${chart ?? 0}/data/?force=true`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(Date.now() - since).toBeLessThan(60_000);
    } finally {
      await container.start();
    }
    await healthy('query-server');
    const api = await openApi();
    const charts = await chartsShown(api);
    expect(charts.length).toBeGreaterThan(10);
    for (const chart of charts) await shownAgain(api, chart);
  });
});
