import { relative } from 'node:path';

/** A path as a person would type it: relative where it lies under the current folder. */
export function renderPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
