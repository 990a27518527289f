import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readVersions } from './readVersions.js';
import { renderedFiles } from './renderedFiles.js';

const workspace = resolve(import.meta.dirname, '../../..');
for (const { path, text } of renderedFiles(readVersions(workspace))) {
  writeFileSync(join(workspace, path), text);
}
