import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { parse } from 'yaml';
import { envFile, hadoopXml, javaProperties, yamlDocument } from './index.js';

const marker = 'Generated from the stack.';

describe('hadoopXml', () => {
  it('escapes what XML would read otherwise, and says why a value is as it is', () => {
    expect(hadoopXml({ 'fs.a&b': { value: '<x>', because: 'Not > y.' } }, 'the stack')).toBe(
      [
        '<?xml version="1.0"?>',
        `<!-- ${marker} -->`,
        '<configuration>',
        '  <!-- Not &gt; y. -->',
        '  <property><name>fs.a&amp;b</name><value>&lt;x&gt;</value></property>',
        '</configuration>',
        '',
      ].join('\n'),
    );
  });
});

describe('javaProperties', () => {
  it('is read back by Java as it was written', () => {
    // Read by the rules of java.util.Properties.load, written here in Python's words to have a second opinion.
    const read = (text: string): unknown =>
      JSON.parse(execFileSync('python3', ['-c', reader], { input: text, encoding: 'utf8' }));
    const texts = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(texts, fc.string(), { maxKeys: 5 }), (properties) => {
        expect(read(javaProperties(properties, 'the stack'))).toEqual({ ...properties });
      }),
      { numRuns: 25 },
    );
  });
});

const reader = `
import json, re, sys
found = {}
for line in sys.stdin.read().split("\\n"):
    line = line.lstrip(" \\t\\f")
    if not line or line[0] in "#!":
        continue
    key = re.match(r"(?:\\\\.|[^\\\\=: \\t\\f])*", line).group()
    value = re.sub(r"^[ \\t\\f]*[=:]?[ \\t\\f]*", "", line[len(key):])
    plain = lambda text: re.sub(r"\\\\(.)", lambda m: {"n": "\\n", "r": "\\r", "t": "\\t", "f": "\\f"}.get(m[1], m[1]), text)
    found[plain(key)] = plain(value)
print(json.dumps(found))
`;

it('javaProperties says why a value is as it is', () => {
  const properties = { plain: '1', odd: { value: '2', because: 'Else nothing starts.' } };
  expect(javaProperties(properties, 'the stack')).toBe(`# ${marker}\nplain=1\n# Else nothing starts.\nodd=2\n`);
});

describe('envFile', () => {
  it('writes plain values and refuses what the two versions of compose read differently', () => {
    expect(envFile({ PORT: '9000', HEAP: '1g' }, 'the stack')).toBe(`# ${marker}\nPORT=9000\nHEAP=1g\n`);
    for (const value of ['a b ', "it's", '$HOME', 'a #b', 'two\nlines']) {
      expect(() => envFile({ NAME: value }, 'the stack')).toThrow('NAME cannot stand in an env file');
    }
  });
});

describe('yamlDocument', () => {
  const words = fc.constantFrom('no', 'on', 'y', '10:30', '0x1f', '1_000', '012', '~');
  const values = fc.oneof(fc.jsonValue(), fc.dictionary(words, words));

  it('is read back as it was written by readers of both versions, with its origin first', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = yamlDocument(value, 'the stack', ['More.']);
        expect(text.startsWith(`# ${marker}\n# More.\n`)).toBe(true);
        for (const version of ['1.1', '1.2'] as const) {
          // Neither JSON nor a setting knows a negative zero.
          expect(JSON.stringify(parse(text, { version }))).toBe(JSON.stringify(value));
        }
      }),
    );
  });
});
