import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { editorSchemas } from './editorSchemas.js';

const workspace = resolve(import.meta.dirname, '../../..');
const schemas = Object.entries(editorSchemas());
for (const [path, schema] of schemas) writeFileSync(join(workspace, path), `${JSON.stringify(schema, null, 2)}\n`);
const biome = join(workspace, 'node_modules/@biomejs/biome/bin/biome');
execFileSync(process.execPath, [biome, 'format', '--write', ...schemas.map(([path]) => path)], { cwd: workspace });
