import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareProblemCodes } from './compareProblemCodes.js';

const workspace = resolve(import.meta.dirname, '../../..');
const sourceFolders = ['lakehouse', 'apps', 'libs', 'tools'];
const specs = /(\.spec\.ts|\/tests\/.*)$/;

describe('compareProblemCodes', () => {
  it('finds what only one side has', () => {
    const table = '| code | severity |\n|---|---|\n| LH1001 | error | not LH1009 |\n| LH1002 | error |\n';

    const codes = compareProblemCodes(["fail('LH1001')", 'LH1003: LH1004'], table);

    expect(codes).toEqual({ undocumented: ['LH1003', 'LH1004'], unused: ['LH1002'] });
  });

  it('finds every code of this workspace on both sides', () => {
    const listed = execFileSync(
      'git',
      ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...sourceFolders],
      {
        cwd: workspace,
        encoding: 'utf8',
      },
    );
    const files = listed
      .split('\0')
      .filter((file) => file !== '' && !specs.test(file) && existsSync(join(workspace, file)));
    const sources = files.map((file) => readFileSync(join(workspace, file), 'utf8'));
    const table = readFileSync(join(workspace, 'docs/problems.md'), 'utf8');

    expect(compareProblemCodes(sources, table)).toEqual({ undocumented: [], unused: [] });
  });
});
