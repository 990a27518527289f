import type { Asset } from '../assets/asset.js';
import { writeBundle } from '../bundle/writeBundle.js';
import { readBundle } from '../compare/readBundle.js';
import { type Answering, loginReplies } from './fakeSuperset.fixture.js';

const kinds: Readonly<Record<string, Asset['kind']>> = {
  dataset: 'datasets',
  chart: 'charts',
  dashboard: 'dashboards',
};
const readers = [
  { id: 2, name: 'Analyst' },
  { id: 3, name: 'Viewer' },
];

/** When the connection of an import breaks: before Superset did anything, or when it had done all and could not say so. */
export type Cut = 'before' | 'after';

/** What Superset remembers of imports, in a transaction each as it does; a fake server started anew still has it. */
export class RememberingSuperset {
  private readonly held = new Map<string, Asset>();
  private readonly ids: string[] = [];
  private cut: Cut | null = null;

  /** All that it has, by uuid. */
  get assets(): readonly Asset[] {
    return [...this.held.values()];
  }

  /** Somebody makes or edits an asset in the browser. */
  put(asset: Asset): void {
    this.held.set(asset.uuid, asset);
    if (!this.ids.includes(asset.uuid)) this.ids.push(asset.uuid);
  }

  /** It is restarted in the middle of the next import. */
  breakNextImport(cut: Cut): void {
    this.cut = cut;
  }

  /** For fakeSuperset. */
  readonly answer = (name: string): Answering | undefined => {
    const [, method = '', resource = '', key = ''] = /^(\w+) \/api\/v1\/(\w+)\/(.*)$/.exec(name) ?? [];
    if (name === 'GET /api/v1/assets/export/') return { body: Buffer.from(writeBundle(this.assets)) };
    if (name === 'POST /api/v1/assets/import/') return (_, body) => this.import(body);
    if (name === 'GET /api/v1/security/roles/') return { body: { result: readers } };
    if (name === 'GET /api/v1/dashboard/') return { body: { result: this.dashboards() } };
    const kind = kinds[resource];
    if (kind === undefined) return loginReplies[name];
    if (method === 'GET' && this.held.has(key)) return { body: { result: { id: this.ids.indexOf(key) } } };
    if (method === 'DELETE' && this.held.delete(this.ids[Number(key)] ?? '')) return {};
    return method === 'PUT' ? {} : undefined;
  };

  private import(body: Buffer): { readonly isCut: boolean } {
    const cut = this.cut;
    this.cut = null;
    if (cut !== 'before') {
      for (const asset of readBundle(new Uint8Array(body.subarray(body.indexOf('PK'))))) this.put(asset);
    }
    return { isCut: cut !== null };
  }

  private dashboards(): readonly object[] {
    return this.assets
      .filter(({ kind }) => kind === 'dashboards')
      .map(({ uuid }) => ({ id: this.ids.indexOf(uuid), uuid, roles: readers }));
  }
}
