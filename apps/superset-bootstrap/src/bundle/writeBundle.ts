import { strToU8, zipSync } from 'fflate';
import { stringify } from 'yaml';
import type { Asset } from '../assets/asset.js';

/** Superset wants a time there and does nothing with it; a fixed one makes equal bundles equal. */
const timestamp = '2000-01-01T00:00:00+00:00';

/** The text of one file of a bundle. Superset reads YAML 1.1, in which a bare `no` is false and a bare time a date: all texts are quoted. */
export function assetText(content: unknown): string {
  return stringify(content, {
    version: '1.1',
    aliasDuplicateObjects: false,
    lineWidth: 0,
    defaultKeyType: 'QUOTE_DOUBLE',
    defaultStringType: 'QUOTE_DOUBLE',
  });
}

/** A zip that Superset imports. */
export function writeBundle(assets: readonly Asset[]): Uint8Array {
  const files = assets.map(({ kind, uuid, content }) => {
    // Superset finds the datasets in a folder of their database.
    const path = kind === 'datasets' ? `datasets/lakehouse/${uuid}.yaml` : `${kind}/${uuid}.yaml`;
    return [`bundle/${path}`, strToU8(assetText(content))] as const;
  });
  const metadata = strToU8(assetText({ version: '1.0.0', type: 'assets', timestamp }));
  return zipSync(Object.fromEntries([['bundle/metadata.yaml', metadata], ...files]), { mtime: new Date(timestamp) });
}
