import type { Layer } from './contract.js';

export interface FileName {
  readonly layer: Layer;
  /** Name of the table without its layer. */
  readonly object: string;
}

/** Reads `…/silver.flights.odcs.yaml`; null where the file is not named so. */
export function readFileName(file: string): FileName | null {
  const [, layer, object] = /(?:^|[\\/])(silver|gold|ops)\.([a-z][a-z0-9_]*)\.odcs\.ya?ml$/.exec(file) ?? [];
  return (layer === 'silver' || layer === 'gold' || layer === 'ops') && object !== undefined ? { layer, object } : null;
}
