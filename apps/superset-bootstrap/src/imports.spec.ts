import type { Plan } from '@lakehouse/plan';
import { apply } from './apply.js';
import { declareAssets } from './assets/declareAssets.js';
import { fakeSuperset } from './client/fakeSuperset.fixture.js';
import { type Cut, RememberingSuperset } from './client/rememberingSuperset.fixture.js';
import { waitForSuperset } from './client/waitForSuperset.js';
import { queryServer, shippingPlan } from './plan.fixture.js';

const handmade = {
  kind: 'charts' as const,
  uuid: '7a1b8f6e-0f0b-4a4c-9d3b-2f1f7d7c9e11',
  title: 'mine',
  content: { uuid: '7a1b8f6e-0f0b-4a4c-9d3b-2f1f7d7c9e11', slice_name: 'mine', params: {} },
};

function retitled(plan: Plan): Plan {
  return { ...plan, dashboards: plan.dashboards.map((dashboard) => ({ ...dashboard, title: 'Ferries, again' })) };
}

/** Imports a plan once, into a Superset that is started for it and ended afterwards; the changes that were made. */
async function imported(into: RememberingSuperset, plan: Plan): Promise<readonly string[]> {
  const server = await fakeSuperset(into.answer);
  try {
    const superset = await waitForSuperset({ url: server.url, username: 'admin', password: 'x' }, 10);
    return (await apply(superset, plan, queryServer)).map(({ change, asset }) => `${change} ${asset.kind}`);
  } finally {
    await server.close();
  }
}

/** Checks that Superset has what the plan declares, each asset as it is declared, and what was made by hand. */
function expectExact(superset: RememberingSuperset, plan: Plan): void {
  const byId = (left: { uuid: string }, right: { uuid: string }): number => left.uuid.localeCompare(right.uuid);
  const wanted = [...declareAssets(plan, queryServer), handmade].toSorted(byId);
  expect(superset.assets.toSorted(byId).map(({ content }) => content)).toEqual(wanted.map(({ content }) => content));
}

// Zips of everything, six times over.
jest.setTimeout(30_000);

describe('an import', () => {
  it('makes Superset what the plan declares, however the plan changes, and leaves alone what people made', async () => {
    const superset = new RememberingSuperset();
    superset.put(handmade);
    await imported(superset, shippingPlan);
    expectExact(superset, shippingPlan);
    expect(await imported(superset, shippingPlan)).toEqual([]);

    expect(await imported(superset, retitled(shippingPlan))).toEqual(['update dashboards']);
    expectExact(superset, retitled(shippingPlan));

    const without = { ...shippingPlan, dashboards: [] };
    expect((await imported(superset, without)).filter((change) => change === 'remove dashboards')).toHaveLength(1);
    expectExact(superset, without);

    await imported(superset, shippingPlan);
    expectExact(superset, shippingPlan);
    expect(await imported(superset, shippingPlan)).toEqual([]);
  });

  it.each<Cut>(['before', 'after'])(
    'that a restart of Superset broke off %s it was done is done again',
    async (cut) => {
      const superset = new RememberingSuperset();
      superset.put(handmade);
      superset.breakNextImport(cut);
      await expect(imported(superset, shippingPlan)).rejects.toMatchObject({ code: 'LH4205' });
      const again = await imported(superset, shippingPlan);
      expect(again.length > 0).toBe(cut === 'before');
      expectExact(superset, shippingPlan);
    },
  );

  it('that begins before Superset is ready waits for it', async () => {
    const free = await fakeSuperset({});
    await free.close();
    const superset = new RememberingSuperset();
    superset.put(handmade);
    const opening = waitForSuperset({ url: free.url, username: 'admin', password: 'x' }, 30);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const server = await fakeSuperset(superset.answer, Number(new URL(free.url).port));
    await apply(await opening, shippingPlan, queryServer);
    await server.close();
    expectExact(superset, shippingPlan);
  });
});
