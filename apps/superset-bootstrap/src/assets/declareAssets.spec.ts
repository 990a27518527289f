import fc from 'fast-check';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assetText } from '../bundle/writeBundle.js';
import { queryServer, shippingPlan } from '../plan.fixture.js';
import { assetKinds } from './asset.js';
import { assetId, isOurs } from './assetId.js';
import { declareAssets } from './declareAssets.js';

const golden = join(__dirname, '__golden__');
const assets = declareAssets(shippingPlan, queryServer);

describe('declareAssets', () => {
  it.each(assetKinds)('renders the %s that were reviewed', (kind) => {
    const text = assets
      .filter((asset) => asset.kind === kind)
      .map(({ content }) => assetText(content))
      .join('---\n');
    const file = join(golden, `${kind}.yaml`);
    if (process.env['UPDATE_GOLDEN'] === 'true') {
      mkdirSync(golden, { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('names everything once, and puts it after what it needs', () => {
    expect(new Set(assets.map(({ uuid }) => uuid)).size).toBe(assets.length);
    const places = assets.map(({ kind }) => assetKinds.indexOf(kind));
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    const text = JSON.stringify(assets);
    for (const { kind, uuid } of assets.filter((asset) => asset.kind !== 'dashboards')) {
      expect([kind, text.split(uuid).length]).toEqual([kind, expect.any(Number)]);
      expect(text.split(uuid).length).toBeGreaterThan(2);
    }
  });

  it('keeps the ids of charts when titles and places change', () => {
    const [dashboard] = shippingPlan.dashboards;
    if (dashboard === undefined) throw new Error('The plan has no dashboard.');
    const charts = dashboard.charts.toReversed().map((chart) => ({ ...chart, title: `${chart.title}, again` }));
    const changed = declareAssets({ ...shippingPlan, dashboards: [{ ...dashboard, charts }] }, queryServer);
    expect(changed.map(({ uuid }) => uuid).toSorted()).toEqual(assets.map(({ uuid }) => uuid).toSorted());
  });
});

describe('assetId', () => {
  it('is a UUID, the same for the same names, known as ours', () => {
    const names = fc.array(fc.string(), { minLength: 1 });
    fc.assert(
      fc.property(names, names, (left, right) => {
        const id = assetId(...left);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(isOurs(id)).toBe(true);
        expect(id === assetId(...right)).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
    );
    fc.assert(fc.property(fc.uuid({ version: 4 }), (id) => !isOurs(id)));
  });
});
