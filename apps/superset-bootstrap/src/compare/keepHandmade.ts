import type { Asset } from '../assets/asset.js';
import { isRecord } from './readBundle.js';

/**
 * The declared datasets with the metrics and calculated columns that users added to them by hand; an import would
 * remove them. Metrics that are declared carry a certification, and columns of tables no expression.
 */
export function keepHandmade(present: readonly Asset[], declared: readonly Asset[]): readonly Asset[] {
  const before = new Map(present.map((asset) => [asset.uuid, asset]));
  return declared.map((asset) => {
    const old = before.get(asset.uuid);
    if (asset.kind !== 'datasets' || old === undefined) return asset;
    const { columns, metrics } = asset.content;
    return {
      ...asset,
      content: {
        ...asset.content,
        columns: merged(columns, old.content['columns'], 'column_name', ({ expression }) => Boolean(expression)),
        metrics: merged(metrics, old.content['metrics'], 'metric_name', ({ extra }) => !isCertified(extra)),
      },
    };
  });
}

type Entry = Readonly<Record<string, unknown>>;

function merged(declared: unknown, present: unknown, name: string, isHandmade: (entry: Entry) => boolean): unknown[] {
  const kept = entries(declared);
  const names = new Set(kept.map((entry) => entry[name]));
  return [...kept, ...entries(present).filter((entry) => !names.has(entry[name]) && isHandmade(entry))];
}

function entries(list: unknown): readonly Entry[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function isCertified(extra: unknown): boolean {
  return isRecord(extra) && extra['certification'] !== undefined;
}
