import { createHash } from 'node:crypto';
import { type ContextFile } from './context.js';

/**
 * What an image is made of, as one number: SHA-256 in hex over its files (path, mode, content), its build arguments and
 * the ids of the images that it stands on. `files` are in the order of their paths.
 */
export function contextDigest(
  files: readonly ContextFile[],
  buildArguments: Readonly<Record<string, string>>,
  bases: readonly string[],
): string {
  const digest = createHash('sha256');
  for (const { path, mode, content } of files) {
    digest.update(JSON.stringify([path, mode, content.length]));
    digest.update(content);
  }
  digest.update(JSON.stringify(Object.entries(buildArguments).sort(([one], [other]) => (one < other ? -1 : 1))));
  digest.update(JSON.stringify(bases));
  return digest.digest('hex');
}
