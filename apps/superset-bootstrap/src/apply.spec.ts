import { unzipSync } from 'fflate';
import { apply } from './apply.js';
import { declareAssets } from './assets/declareAssets.js';
import { writeBundle } from './bundle/writeBundle.js';
import { fakeSuperset, loginReplies, type Replies } from './client/fakeSuperset.fixture.js';
import { openSuperset } from './client/openSuperset.js';
import { waitForSuperset } from './client/waitForSuperset.js';
import { queryServer, shippingPlan } from './plan.fixture.js';

const declared = declareAssets(shippingPlan, queryServer);
const dashboard = declared.find(({ kind }) => kind === 'dashboards');
const roles = [
  { id: 1, name: 'Admin' },
  { id: 2, name: 'Analyst' },
  { id: 3, name: 'Viewer' },
];

function opened(...given: readonly (typeof roles)[number][]): Replies {
  return {
    'GET /api/v1/security/roles/': { body: { result: roles } },
    'GET /api/v1/dashboard/': { body: { result: [{ id: 7, uuid: dashboard?.uuid, roles: given }] } },
    'PUT /api/v1/dashboard/7': {},
  };
}

async function applied(replies: Replies, plan = shippingPlan) {
  const fake = await fakeSuperset({ ...loginReplies, ...replies });
  try {
    const superset = await openSuperset({ url: fake.url, username: 'admin', password: 'x' });
    return { changes: await apply(superset, plan, queryServer), asked: fake.asked.slice(2) };
  } finally {
    await fake.close();
  }
}

describe('apply', () => {
  it('imports everything into a new Superset, and opens the dashboards to those who read them', async () => {
    let files: readonly string[] = [];
    const { changes, asked } = await applied({
      ...opened(),
      'GET /api/v1/assets/export/': { body: Buffer.from(writeBundle([])) },
      'POST /api/v1/assets/import/': (request, body) => {
        expect(request.headers).toMatchObject({
          authorization: 'Bearer a-token',
          cookie: 'session=a-session',
          'x-csrftoken': 'a-guard',
        });
        const begin = body.indexOf('PK');
        files = Object.keys(unzipSync(new Uint8Array(body.subarray(begin))));
        return {};
      },
    });
    expect(changes).toHaveLength(declared.length);
    expect(files).toHaveLength(declared.length + 1);
    expect(asked).toEqual([
      'GET /api/v1/assets/export/',
      'POST /api/v1/assets/import/',
      'GET /api/v1/security/roles/',
      'GET /api/v1/dashboard/',
      'PUT /api/v1/dashboard/7',
    ]);
  });

  it('writes nothing where nothing is to change', async () => {
    const { changes, asked } = await applied({
      ...opened(...roles.slice(1)),
      'GET /api/v1/assets/export/': { body: Buffer.from(writeBundle(declared)) },
    });
    expect(changes).toEqual([]);
    expect(asked.filter((name) => !name.startsWith('GET'))).toEqual([]);
  });

  it('removes what is declared no more, by the id that this Superset gave it', async () => {
    const { changes, asked } = await applied(
      {
        ...opened(...roles.slice(1)),
        'GET /api/v1/assets/export/': { body: Buffer.from(writeBundle(declared)) },
        [`GET /api/v1/dashboard/${dashboard?.uuid ?? ''}`]: { body: { result: { id: 7 } } },
        ...Object.fromEntries(
          declared
            .filter(({ kind }) => kind === 'charts')
            .flatMap(({ uuid }, index) => [
              [`GET /api/v1/chart/${uuid}`, { body: { result: { id: index } } }],
              [`DELETE /api/v1/chart/${index}`, {}],
            ]),
        ),
        'DELETE /api/v1/dashboard/7': {},
        'POST /api/v1/assets/import/': {},
      },
      { ...shippingPlan, dashboards: [] },
    );
    expect(changes.filter(({ change }) => change === 'remove')).toHaveLength(8);
    expect(asked.filter((name) => name.startsWith('DELETE'))).toHaveLength(8);
    // Its metrics go away with the charts that showed them.
    expect(asked).toContain('POST /api/v1/assets/import/');
  });
});

describe('a login', () => {
  it.each<[string, Replies, string]>([
    ['is refused', { 'POST /api/v1/security/login': { status: 401 } }, 'LH4203'],
    ['is broken', { 'POST /api/v1/security/login': { status: 500 } }, 'LH4204'],
    [
      'is asked for again',
      { ...loginReplies, 'GET /api/v1/security/csrf_token/': { status: 302, headers: { location: '/login/' } } },
      'LH4204',
    ],
  ])('that %s is told', async (_, replies, code) => {
    const fake = await fakeSuperset(replies);
    await expect(openSuperset({ url: fake.url, username: 'admin', password: 'x' })).rejects.toMatchObject({ code });
    await fake.close();
  });

  it('waits for a Superset that is not there yet, and not for ever', async () => {
    const gone = await fakeSuperset({});
    await gone.close();
    const login = { url: gone.url, username: 'admin', password: 'x' };
    await expect(waitForSuperset(login, 1)).rejects.toMatchObject({
      code: 'LH4202',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('does not wait where the password is wrong', async () => {
    const fake = await fakeSuperset({ 'POST /api/v1/security/login': { status: 401 } });
    await expect(waitForSuperset({ url: fake.url, username: 'admin', password: 'x' }, 60)).rejects.toMatchObject({
      code: 'LH4203',
    });
    expect(fake.asked).toHaveLength(1);
    await fake.close();
  });
});
