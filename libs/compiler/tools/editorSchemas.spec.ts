import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { domainFile, salesDashboard, shop } from '../src/workspace.fixture.js';
import { editorSchemas } from './editorSchemas.js';

const workspace = resolve(import.meta.dirname, '../../..');
const schemas = Object.entries(editorSchemas());

test.each(schemas)('%s is what the sources generate', (path, schema) => {
  expect(JSON.parse(readFileSync(join(workspace, path), 'utf8'))).toEqual(schema);
});

test.each([
  ['docs/domain.schema.json', shop[domainFile] ?? ''],
  ['docs/dashboard.schema.json', shop[salesDashboard] ?? ''],
])('%s accepts what the compiler accepts, and no unknown key', (path, text) => {
  const validate = new Ajv2020({ strict: false }).compile(editorSchemas()[path] ?? false);
  expect(validate(parse(text))).toBe(true);
  expect(validate({ ...parse(text), unknown: 1 })).toBe(false);
});
