import { completed } from './completedPackages.mjs';

describe('completed', () => {
  it('adds the optional packages that are missing, with their platform', () => {
    const packages = {
      '': {},
      'node_modules/tool': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: { '@tool/linux-x64-musl': '1.2.3', '@tool/darwin-arm64': '1.2.3' },
      },
      'node_modules/@tool/darwin-arm64': { version: '1.2.3', integrity: 'sha512-known' },
    };

    expect(completed(packages)).toEqual({
      ...packages,
      'node_modules/@tool/linux-x64-musl': {
        version: '1.2.3',
        os: ['linux'],
        cpu: ['x64'],
        libc: ['musl'],
        dev: true,
        optional: true,
      },
    });
  });

  it('nests a package whose place is taken by another version', () => {
    const packages = {
      'node_modules/a': { version: '2.0.0', optionalDependencies: { 'a-win32-x64': '2.0.0' } },
      'node_modules/a-win32-x64': { version: '1.0.0' },
    };

    expect(Object.keys(completed(packages))).toContain('node_modules/a/node_modules/a-win32-x64');
  });

  it('leaves ranges alone, and what an outer folder has', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', optionalDependencies: { fsevents: '^2.3.0' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', optionalDependencies: { 'b-linux-arm64': '1.0.0' } },
      'node_modules/b-linux-arm64': { version: '1.0.0' },
    };

    expect(completed(packages)).toEqual(packages);
  });
});
