import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { completed } from './completedPackages.mjs';

const file = resolve(import.meta.dirname, '../../../package-lock.json');
/** @type {unknown} */
const lock = JSON.parse(readFileSync(file, 'utf8'));
if (!hasPackages(lock)) {
  throw new Error(`${file} is not a lock file of npm 7 or newer.`);
}
writeFileSync(file, `${JSON.stringify({ ...lock, packages: completed(lock.packages) }, null, 2)}\n`);

/**
 * @param {unknown} value
 * @returns {value is { packages: Record<string, import('./completedPackages.mjs').Entry> }}
 */
function hasPackages(value) {
  return typeof value === 'object' && value !== null && 'packages' in value && typeof value.packages === 'object';
}
