import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generate } from './generate.js';

const workspace = resolve(import.meta.dirname, '../../..');
const schemaFolder = join(workspace, 'libs/plan/schema');
const pythonFolder = join(workspace, 'libs/pipeline/src/lakehouse_pipeline/schema');
const python = process.env['LAKEHOUSE_PYTHON'] ?? join(workspace, '.venv/bin/python');

describe('generate', () => {
  it('makes the committed files again, byte by byte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lakehouse-plan-'));
    try {
      generate(python, join(folder, 'schema'), join(folder, 'python'));

      expect(contents(join(folder, 'schema'))).toEqual(contents(schemaFolder));
      const expected = contents(pythonFolder);
      for (const [file, text] of Object.entries(contents(join(folder, 'python')))) {
        expect({ file, text }).toEqual({ file, text: expected[file] });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]));
}
