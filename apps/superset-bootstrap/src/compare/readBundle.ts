import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'yaml';
import { type Asset, assetKinds } from '../assets/asset.js';

/** The title of an asset of each kind. */
const titles = {
  databases: 'database_name',
  datasets: 'table_name',
  charts: 'slice_name',
  dashboards: 'dashboard_title',
} as const;

/** The assets in an exported bundle; files of other kinds are left out. */
export function readBundle(zip: Uint8Array): readonly Asset[] {
  return Object.entries(unzipSync(zip)).flatMap(([path, bytes]): Asset[] => {
    const kind = assetKinds.find((name) => path.split('/')[1] === name);
    if (kind === undefined) return [];
    // What YAML 1.1 would take for something else is quoted there, all but `y` and `n`; so it is read as 1.2.
    const content: unknown = parse(strFromU8(bytes));
    if (!isRecord(content) || typeof content['uuid'] !== 'string') throw new Error(`${path}: the export has no uuid.`);
    const schema = kind === 'datasets' && typeof content['schema'] === 'string' ? `${content['schema']}.` : '';
    return [{ kind, uuid: content['uuid'], title: `${schema}${String(content[titles[kind]])}`, content }];
  });
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
