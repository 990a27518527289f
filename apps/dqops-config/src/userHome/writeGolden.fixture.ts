import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { goldenFiles } from './golden.fixture.js';

const folder = join(import.meta.dirname, '__golden__');
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of await goldenFiles()) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
