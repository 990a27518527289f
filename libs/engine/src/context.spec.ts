import fc from 'fast-check';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { collectContext, type ContextFile } from './context.js';
import { contextDigest } from './contextDigest.js';
import { tarball } from './tarball.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lakehouse-context-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, content = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

describe('collectContext', () => {
  it('takes what is named, sorted, less what .dockerignore leaves out', () => {
    write('.dockerignore', '**/tests\n**/*.spec.ts\n');
    for (const path of ['lib/b.py', 'lib/a.py', 'lib/tests/test_a.py', 'app/main.ts', 'app/main.spec.ts', 'other/file'])
      write(path);
    chmodSync(join(root, 'lib/b.py'), 0o775);

    const files = collectContext(root, ['lib', 'app/', './lib/a.py']);

    expect(files.map(({ path, mode }) => [path, mode.toString(8)])).toEqual([
      ['app/main.ts', '644'],
      ['lib/a.py', '644'],
      ['lib/b.py', '755'],
    ]);
  });

  it('names what is missing, and refuses patterns and links', () => {
    write('real');
    symlinkSync('real', join(root, 'link'));
    expect(() => collectContext(root, ['dist/main.js'])).toThrow(
      'dist/main.js is copied into the image, but is not there',
    );
    expect(() => collectContext(root, ['link'])).toThrow('link is a symbolic link');
    expect(() => collectContext(root, ['*.jar'])).toThrow('*.jar is copied into the image, but is a pattern');
  });

  it('makes the same archive of the same files, whenever they were written', async () => {
    write('a/file');
    const before = await tarball(collectContext(root, ['a']));
    utimesSync(join(root, 'a/file'), 1, 1);
    expect(await tarball(collectContext(root, ['a']))).toEqual(before);
  });
});

describe('contextDigest', () => {
  const files = fc.array(
    fc.record({
      path: fc.string(),
      mode: fc.constantFrom(0o644, 0o755),
      content: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    }),
    { maxLength: 4 },
  );
  const contexts = fc.tuple(
    files,
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
    fc.array(fc.string(), { maxLength: 3 }),
  );

  it('differs where anything differs', () => {
    fc.assert(
      fc.property(contexts, contexts, (one, other) => {
        const same = JSON.stringify(plain(one)) === JSON.stringify(plain(other));
        expect(contextDigest(...one) === contextDigest(...other)).toBe(same);
      }),
    );
  });

  function plain([contents, buildArguments, bases]: [ContextFile[], Record<string, string>, string[]]): unknown {
    const sorted = Object.entries(buildArguments).sort(([one], [other]) => (one < other ? -1 : 1));
    return [contents.map(({ path, mode, content }) => [path, mode, content.toString('hex')]), sorted, bases];
  }
});
