import { supersetIdentity } from '@lakehouse/connections';
import { listed, supersetApi, type SupersetApi } from '../dashboards/supersetApi.js';
import { probe } from './faults/probed.js';
import { expectDone, publishedPort, secret } from './platform.js';
import { ThriftSession } from './thriftSession.js';

const table = 'gold.readings_by_place';
const columns = ['place', 'readings', 'total'];

/** What the query server holds in memory: https://spark.apache.org/docs/latest/monitoring.html#rest-api */
async function held(): Promise<readonly string[]> {
  const page = `http://127.0.0.1:${publishedPort('QUERY_SERVER')}/api/v1/applications`;
  const [application] = (await (await fetch(page)).json()) as { id: string }[];
  const kept = await fetch(`${page}/${application?.id ?? ''}/storage/rdd`);
  return ((await kept.json()) as { name: string }[]).map(({ name }) => name);
}

interface Shown {
  readonly rows: readonly object[];
  readonly isKept: boolean;
}

/** What Superset shows of the table, and whether it had kept the answer. */
async function shown(api: SupersetApi): Promise<Shown> {
  const datasets = await listed<{ id: number; table_name: string }>(api, '/dataset/');
  const id = datasets.find(({ table_name: name }) => table.endsWith(`.${name}`))?.id;
  const query = { columns, metrics: [], filters: [], orderby: [['place', true]], row_limit: 1000 };
  const { status, body } = await api.post('/chart/data', {
    datasource: { id, type: 'table' },
    queries: [query],
    result_format: 'json',
    result_type: 'full',
  });
  expect({ status, body }).toMatchObject({ status: 200 });
  const [answer] = (body as { result: { data: object[]; is_cached: boolean | null }[] }).result;
  return { rows: answer?.data ?? [], isKept: answer?.is_cached === true };
}

/** Readers of published tables beside the pipeline: no rows from before a release are seen once it counts. */
describe('a release', () => {
  let session: ThriftSession;
  let superset: SupersetApi;
  let before: readonly object[];
  beforeAll(async () => {
    session = new ThriftSession();
    const { name: username, secret: password } = supersetIdentity.admin;
    superset = await supersetApi({
      url: `http://127.0.0.1:${publishedPort('SUPERSET')}`,
      username,
      password: secret(password),
    });
  });
  // What comes later works with all domains.
  afterAll(() => {
    session.end();
    expectDone('apply');
  }, 10 * 60_000);

  /** Checks that a session that was there before, and Superset, see these rows, and that both have them at hand. */
  async function expectSeen(rows: readonly object[]): Promise<void> {
    const asked = await session.ask(`select ${columns.join(', ')} from ${table} order by place`);
    expect(asked.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])))).toEqual(rows);
    expect(await shown(superset)).toEqual({ rows, isKept: false });
    expect(await shown(superset)).toEqual({ rows, isKept: true });
    expect(await held()).toEqual(expect.arrayContaining([expect.stringContaining(table)]));
  }

  test('is seen at once, and answered from memory', async () => {
    probe().deliver();
    expect(probe().run()).toMatchObject({ code: 0 });
    before = probe().expectedGold();
    await expectSeen(before);
  });

  test('takes the place of the one before in every answer', async () => {
    probe().deliver();
    expect(probe().run()).toMatchObject({ code: 0 });
    expect(probe().expectedGold()).not.toEqual(before);
    await expectSeen(probe().expectedGold());
  });

  test('that is taken back is seen no more, and the next run brings it again', async () => {
    const { code, output } = probe().rollBack();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Rolled back as rollback-') });
    await expectSeen(before);
    expect(probe().run()).toMatchObject({ code: 0 });
    await expectSeen(probe().expectedGold());
    probe().expectLaws();
  });
});
