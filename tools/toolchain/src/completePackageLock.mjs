import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { completed } from './completedPackages.mjs';

const file = resolve(import.meta.dirname, '../../../package-lock.json');
const lock = /** @type {{ packages: Record<string, import('./completedPackages.mjs').Entry> }} */ (
  JSON.parse(readFileSync(file, 'utf8'))
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages: completed(lock.packages) }, null, 2)}\n`);
