import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from './compile.js';
import type { SourceFile } from './text/problemIn.js';

const workspace = resolve(import.meta.dirname, '../../..');
function flights(): readonly SourceFile[] {
  return filesOf('libs/domains/flights');
}

function filesOf(folder: string): readonly SourceFile[] {
  return readdirSync(join(workspace, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(yaml|sql|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(workspace.length + 1))
    .map((path) => ({ path, text: readFileSync(join(workspace, path), 'utf8') }));
}

test('the demo domain compiles without a word', async () => {
  const { plan, problems } = await compile(flights());
  expect(problems).toEqual([]);
  expect(plan?.tables.filter(({ layer }) => layer === 'gold').length).toBeGreaterThanOrEqual(5);
});

test('every gold table of the demo recomputes only the days or months of new flights', async () => {
  const { plan } = await compile(flights());
  const keys = (plan?.tables ?? []).flatMap((table) => (table.layer === 'gold' ? [table.affectedKeys] : []));
  for (const key of keys) {
    expect(key?.inputs).toEqual(expect.arrayContaining([{ table: 'silver.flights', expressions: key?.columns }]));
  }
});

test('the operations domain describes tables that nobody builds', async () => {
  const { plan, problems } = await compile(filesOf('libs/domains/operations'));
  expect(problems).toEqual([]);
  expect(plan?.tables).toEqual([]);
  expect(plan?.opsTables.map(({ name }) => name)).toContain('ops.releases');
  expect(plan?.dashboards.flatMap(({ charts }) => charts.map(({ table }) => table))).toContain('ops.checks');
});

test('a domain outside the workspace is read like one inside', async () => {
  const outside = flights().map((file) => ({ ...file, path: `../elsewhere/${file.path}` }));
  const { plan, problems } = await compile(outside);
  expect(problems).toEqual([]);
  expect(plan?.tables).toHaveLength(10);
});
