import type { Asset } from '../assets/asset.js';
import { declareAssets } from '../assets/declareAssets.js';
import { writeBundle } from '../bundle/writeBundle.js';
import { describeChange } from '../describeChange.js';
import { queryServer, shippingPlan } from '../plan.fixture.js';
import { compareAssets } from './compareAssets.js';
import { keepHandmade } from './keepHandmade.js';
import { isRecord, readBundle } from './readBundle.js';

const declared = declareAssets(shippingPlan, queryServer);

/** What Superset exports of what it imported: its own ids, and fields that it adds. */
function exported(assets: readonly Asset[]): readonly Asset[] {
  return readBundle(writeBundle(assets)).map((asset) => {
    const { kind, content } = asset;
    if (kind === 'charts') {
      const params = isRecord(content['params']) ? { ...content['params'], datasource: '7__table', slice_id: 12 } : {};
      return { ...asset, content: { ...content, params, query_context: '{}' } };
    }
    if (kind !== 'dashboards') return asset;
    // Its ids are others than the places that stood for them.
    const text = JSON.stringify(content)
      .replaceAll(/"chartId":(\d+)/g, (_, id: string) => `"chartId":${Number(id) + 100}`)
      .replaceAll(/"excluded":\[([\d,]*)\]/g, (_, ids: string) => {
        const moved = ids
          .split(',')
          .filter(Boolean)
          .map((id) => Number(id) + 100);
        return `"excluded":[${moved.join(',')}],"x":null`;
      });
    const changed: unknown = JSON.parse(text);
    return { ...asset, content: isRecord(changed) ? { ...changed, theme_uuid: null } : {} };
  });
}

function edited(kind: Asset['kind'], edit: (content: Record<string, unknown>) => void): readonly Asset[] {
  const assets = exported(declared).map((asset) => ({ ...asset, content: structuredClone(asset.content) }));
  const chosen = assets.find((asset) => asset.kind === kind);
  if (chosen === undefined) throw new Error(`There are no ${kind}.`);
  edit(chosen.content);
  return assets;
}

function changes(present: readonly Asset[], wanted: readonly Asset[] = declared): readonly string[] {
  return compareAssets(present, wanted).map(describeChange);
}

describe('compareAssets', () => {
  it('finds nothing to change in what was imported', () => {
    expect(changes(exported(declared))).toEqual([]);
  });

  it('makes everything where nothing is', () => {
    expect(compareAssets([], declared).map(({ change, asset }) => [change, asset.uuid])).toEqual(
      declared.map(({ uuid }) => ['create', uuid]),
    );
  });

  it('tells what was edited in the browser', () => {
    expect(changes(edited('charts', (content) => (content['slice_name'] = 'Mine')))).toEqual([
      '~ chart "The number"\n    slice_name: "Mine" → "The number"',
    ]);
    const colored = edited('charts', (content) =>
      Object.assign(content['params'] as object, { header_font_size: 0.2 }),
    );
    expect(changes(colored)).toEqual(['~ chart "The number"\n    params.header_font_size: 0.2 → 0.4']);
    const added = edited('charts', (content) => Object.assign(content['params'] as object, { show_timestamp: true }));
    expect(changes(added)).toEqual(['~ chart "The number"\n    params.show_timestamp: true → nothing']);
  });

  it('tells of a moved chart and a changed scope of a filter', () => {
    const moved = edited('dashboards', ({ position }) =>
      Object.assign((position as never)['CHART-number']['meta'], { width: 3 }),
    );
    expect(changes(moved)).toEqual([expect.stringContaining('position.CHART-number.meta.width: 3 → 4')]);
    const [dashboard] = exported(declared).filter(({ kind }) => kind === 'dashboards');
    expect(JSON.stringify(dashboard?.content)).toContain('"excluded":[107]');
  });

  it('removes what is declared no more, what needs others first, and leaves what users made', () => {
    const [dashboard] = shippingPlan.dashboards;
    const fewer = declareAssets(
      { ...shippingPlan, tables: shippingPlan.tables.slice(0, 1), dashboards: [] },
      queryServer,
    );
    const handmade = exported(declared).map((asset) => ({
      ...asset,
      uuid: asset.uuid.replace('1a4e0500', '9b1deb4d'),
    }));
    const found = compareAssets([...exported(declared), ...handmade], fewer);
    expect(found.filter(({ change }) => change === 'remove').map(({ asset }) => asset.title)).toEqual([
      dashboard?.title,
      ...(dashboard?.charts.map(({ title }) => title) ?? []),
      'gold.ships',
    ]);
  });

  it('keeps metrics and calculated columns that users added to a dataset', () => {
    const present = edited('datasets', ({ metrics, columns }) => {
      (metrics as object[]).push({ metric_name: 'mine', expression: 'max(trips)', extra: null });
      (metrics as object[]).push({ metric_name: 'old', expression: 'min(trips)', extra: { certification: {} } });
      (columns as object[]).push({ column_name: 'half', expression: 'trips / 2', extra: null });
      (columns as object[]).push({ column_name: 'dropped', expression: null, extra: null });
    });
    expect(changes(present, keepHandmade(present, declared))).toEqual([
      [
        '~ dataset "gold.ferries"',
        '    metrics.old: {"metric_name":"old","expression":"min(trips)","extra":{"certification":{}}} → nothing',
        '    columns.dropped: {"column_name":"dropped","expression":null,"extra":null} → nothing',
      ].join('\n'),
    ]);
  });
});
