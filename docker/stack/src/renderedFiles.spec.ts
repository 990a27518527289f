import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readVersions } from './readVersions.js';
import { renderedFiles } from './renderedFiles.js';

const workspace = resolve(import.meta.dirname, '../../..');

const versions = readVersions(workspace);

describe('renderedFiles', () => {
  it.each(renderedFiles(versions).map(({ path, text }) => [path, text]))(
    '%s is what the stack renders',
    (path, text) => {
      expect(readFileSync(join(workspace, path), 'utf8')).toBe(text);
    },
  );

  it('renders nothing for versions that do not fit together', () => {
    expect(() => renderedFiles({ ...versions, hadoop: '3.4.2' })).toThrow('hadoop-aws 3.4.2 does not fit');
  });
});
