import type { GoldTable, SilverTable } from '@lakehouse/plan';
import { canonicalJson } from './canonicalJson.js';
import { contentOf } from './contentOf.js';
import { sha256 } from './sha256.js';

export type Unfingerprinted = Omit<SilverTable, 'fingerprint'> | Omit<GoldTable, 'fingerprint'>;

/** A fingerprint of all that decides a table's rows, so of nothing that only describes or judges them. */
export function tableFingerprint(table: Unfingerprinted, fingerprintOf: (input: string) => string): string {
  const inputs = table.layer === 'gold' ? table.inputs.map((input) => [input, fingerprintOf(input)]) : [];
  return sha256(canonicalJson({ ...contentOf(table), inputs }));
}
