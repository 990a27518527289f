import { type Asset, assetKinds } from '../assets/asset.js';
import { isOurs } from '../assets/assetId.js';
import { comparable } from './comparable.js';
import { differences, type Difference } from './differences.js';

/** What an import would do to one asset. */
export type AssetChange =
  | { readonly change: 'create' | 'remove'; readonly asset: Asset }
  | { readonly change: 'update'; readonly asset: Asset; readonly differences: readonly Difference[] };

/** What makes of the assets that are there the declared ones. Nothing that was not made here is touched. */
export function compareAssets(present: readonly Asset[], declared: readonly Asset[]): readonly AssetChange[] {
  const before = new Map(present.map((asset) => [asset.uuid, asset]));
  const wanted = new Set(declared.map(({ uuid }) => uuid));
  const changed = declared.flatMap((asset): AssetChange[] => {
    const old = before.get(asset.uuid);
    if (old === undefined) return [{ change: 'create', asset }];
    const found = differences(comparable(old), comparable(asset));
    return found.length === 0 ? [] : [{ change: 'update', asset, differences: found }];
  });
  // What needs others goes before them.
  const removed = assetKinds
    .toReversed()
    .flatMap((kind) => present.filter((asset) => asset.kind === kind && isOurs(asset.uuid) && !wanted.has(asset.uuid)))
    .map((asset): AssetChange => ({ change: 'remove', asset }));
  return [...changed, ...removed];
}
