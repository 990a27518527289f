import { createHash } from 'node:crypto';

/** How the id of everything that is made here begins, so that nothing that a user made is taken for ours. */
const mark = '1a4e0500';

/**
 * The id of an asset: always the same for its names. A UUID of version 8, whose bits are for its maker to choose:
 * the mark, then SHA-256 of the names. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8
 */
export function assetId(...names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  const variant = ((Number.parseInt(hash.slice(7, 8), 16) & 0b0011) | 0b1000).toString(16);
  return [mark, hash.slice(0, 4), `8${hash.slice(4, 7)}`, `${variant}${hash.slice(8, 11)}`, hash.slice(11, 23)].join(
    '-',
  );
}

/** Whether an asset was made here. */
export function isOurs(uuid: string): boolean {
  return uuid.startsWith(`${mark}-`) && uuid[14] === '8';
}
