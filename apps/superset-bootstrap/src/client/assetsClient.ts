import { Failure } from '@lakehouse/one-shot';
import { z } from 'zod';
import type { Asset, AssetKind } from '../assets/asset.js';
import { writeBundle } from '../bundle/writeBundle.js';
import { readBundle } from '../compare/readBundle.js';
import type { Superset } from './openSuperset.js';

const paths: Readonly<Record<AssetKind, string>> = {
  databases: '/api/v1/database',
  datasets: '/api/v1/dataset',
  charts: '/api/v1/chart',
  dashboards: '/api/v1/dashboard',
};

const identified = z.object({ result: z.object({ id: z.number() }) });

/** Everything that Superset has, users' own things too. */
export async function exportAssets(superset: Superset): Promise<readonly Asset[]> {
  const response = await superset.send({ method: 'GET', path: '/api/v1/assets/export/' });
  return readBundle(new Uint8Array(await response.arrayBuffer()));
}

/** Makes or overwrites assets by their uuids; what they need has to be among them. */
export async function importAssets(superset: Superset, assets: readonly Asset[]): Promise<void> {
  try {
    await superset.send({ method: 'POST', path: '/api/v1/assets/import/', form: upload('bundle', assets) });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      'LH4205',
      superset.url,
      `Superset did not import the dashboards: ${error.message}`,
      'Its log has the reason: `./lakehouse logs superset`.',
    );
  }
}

/** The id that this Superset gave an asset. Databases are not asked for. */
export async function idOf(superset: Superset, { kind, uuid }: Pick<Asset, 'kind' | 'uuid'>): Promise<number> {
  const response = await superset.send({ method: 'GET', path: `${paths[kind]}/${uuid}` });
  return identified.parse(await response.json()).result.id;
}

export async function removeAsset(superset: Superset, asset: Asset): Promise<void> {
  const id = await idOf(superset, asset);
  await superset.send({ method: 'DELETE', path: `${paths[asset.kind]}/${id}` });
}

function upload(field: string, assets: readonly Asset[]): FormData {
  const form = new FormData();
  form.set(field, new Blob([new Uint8Array(writeBundle(assets))], { type: 'application/zip' }), 'bundle.zip');
  return form;
}
