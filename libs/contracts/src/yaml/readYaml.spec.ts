import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { pathsOf, valueAt } from '../testing/mutations.fixture.js';
import { positionOf } from './positionOf.js';
import { readYaml } from './readYaml.js';

const codes = (text: string): string[] =>
  readYaml('a.yaml', text).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);

describe('readYaml', () => {
  it.each([
    ['broken quotes', 'a: "b\nc: d\n', 'LH1001'],
    ['broken brackets', 'a: [1, 2\nb: 3\n', 'LH1001'],
    ['a tab', 'a:\n\tb: 1\n', 'LH1001'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'LH1001'],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 'LH1002 3:1'],
    ['an unknown tag', 'a: !secret x\n', 'LH1003 1:4'],
    ['a merge key', 'x: &x { b: 1 }\na:\n  <<: *x\n', 'LH1003 3:3'],
    ['a list as key', '[a, b]: 1\n', 'LH1003'],
    ['infinity', 'a: .inf\n', 'LH1003 1:4'],
    ['the key __proto__', '__proto__: 1\n', 'LH1003 1:1'],
    ['an unknown alias', 'a: *b\n', 'LH1005 1:4'],
    ['an alias inside its anchor', 'a: &a [*a]\n', 'LH1005 1:8'],
    ['an empty file', ' \n# only a remark\n', 'LH1004 1:1'],
  ])('reports %s', (_, text, expected) => {
    expect(codes(text)).toContainEqual(expect.stringContaining(expected));
  });

  it('reports aliases that multiply beyond all measure', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1)
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    expect(codes(lines.join('\n'))).toContainEqual(expect.stringContaining('LH1005'));
  });

  it('reports nesting that would exhaust the stack', () => {
    for (const opening of ['[', '{', '- ', '? ', '{a: ', '[{'])
      expect(codes(opening.repeat(20_000))).toEqual(['LH1006 1:1']);
  });

  it('reports nesting that aliases make', () => {
    const lines = Array.from(
      { length: 50 },
      (_, level) => `a${level}: &a${level} [[[[[${level === 0 ? 'x' : `*a${level - 1}`}]]]]]`,
    );
    expect(codes(lines.join('\n'))).toContainEqual(expect.stringContaining('LH1006'));
  });

  it('takes an alias for the nearest anchor before it', () => {
    expect(readYaml('a.yaml', 'a: &x [&y 1]\nb: &y 2\nc: *x\nd: *y\n').document?.value).toEqual({
      a: [1],
      b: 2,
      c: [1],
      d: 2,
    });
  });

  it('resolves aliases', () => {
    expect(readYaml('a.yaml', 'a: &x [1]\nb: *x\n').document?.value).toEqual({ a: [1], b: [1] });
  });

  it('never throws, and reads a document or says why not', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), yamlLike), (text) => {
        const { document, problems } = readYaml('a.yaml', text);
        expect(document !== null || problems.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads what was written, and points at every value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue({ maxDepth: 3 })), (written) => {
        fc.pre(
          Object.keys(written).length > 0 &&
            !JSON.stringify(written).includes('__proto__') &&
            !JSON.stringify(written).includes('"<<"'),
        );
        const text = stringify(written, { aliasDuplicateObjects: false });
        const { document, problems } = readYaml('a.yaml', text);
        expect(problems).toEqual([]);
        if (document === null) throw new Error('no document');
        expect(JSON.parse(JSON.stringify(document.value))).toEqual(JSON.parse(JSON.stringify(written)));
        const lines = text.split('\n');
        for (const path of pathsOf(written)) {
          const { line, column } = positionOf(document, path);
          const value = valueAt(written, path);
          if (typeof value === 'boolean') expect(lines[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^${value}`));
          const key = path.at(-1);
          if (typeof key === 'string' && /^[a-z]+$/.test(key)) {
            const at = positionOf(document, path, 'key');
            expect(
              lines[at.line - 1]
                ?.slice(at.column - 1)
                .replaceAll('"', '')
                .startsWith(key),
            ).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Texts that look like YAML, with all that can go wrong in it. */
const yamlLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        ': ',
        '- ',
        '\n',
        '  ',
        '\t',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        "'",
        '&x ',
        '*x',
        '!!set',
        '!t ',
        '? ',
        '|',
        '>',
        '%YAML 1.1\n',
        '---\n',
        '...\n',
        '<<: ',
        '#',
        '1',
        '.nan',
        '~',
        '\r\n',
        '\uFEFF',
        '\\',
      ),
      fc.string(),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));
