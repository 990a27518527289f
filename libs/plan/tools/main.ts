import { join, resolve } from 'node:path';
import { generate } from './generate.js';

const workspace = resolve(import.meta.dirname, '../../..');

generate(
  process.env['LAKEHOUSE_PYTHON'] ?? join(workspace, '.venv/bin/python'),
  join(workspace, 'libs/plan/schema'),
  join(workspace, 'libs/pipeline/src/lakehouse_pipeline/schema'),
);
