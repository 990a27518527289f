import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { renderedFiles } from './renderedFiles.js';

const workspace = resolve(import.meta.dirname, '../../..');

describe('renderedFiles', () => {
  it.each(renderedFiles().map(({ path, text }) => [path, text]))('%s is what the stack renders', (path, text) => {
    expect(readFileSync(join(workspace, path), 'utf8')).toBe(text);
  });
});
