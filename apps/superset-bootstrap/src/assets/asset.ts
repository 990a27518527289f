/** Kinds of things that Superset imports and exports; each is a folder of a bundle, in the order in which they need each other. */
export const assetKinds = ['databases', 'datasets', 'charts', 'dashboards'] as const;
export type AssetKind = (typeof assetKinds)[number];

/** One file of a bundle: https://superset.apache.org/docs/configuration/importing-exporting-datasources */
export interface Asset {
  readonly kind: AssetKind;
  readonly uuid: string;
  /** What people know it by. */
  readonly title: string;
  readonly content: Readonly<Record<string, unknown>>;
}
