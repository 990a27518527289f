import fc from 'fast-check';
import { execFileSync } from 'node:child_process';
import { shellEnvironment } from './shellEnvironment.mjs';

describe('shellEnvironment', () => {
  it('brings any text through a shell unchanged', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(text, (value) => {
        const script = `${shellEnvironment({ LAKEHOUSE_TEST: value })}\nprintf '%s.' "$LAKEHOUSE_TEST"`;

        expect(execFileSync('sh', ['-euc', script], { encoding: 'utf8' })).toBe(`${value}.`);
      }),
      { numRuns: 40, examples: [["it's"], ['$(exit 1) `exit 1` "\\"'], ['two\nlines']] },
    );
  });

  it('unsets what would lead Spark and Python elsewhere', () => {
    const environment = { PATH: process.env['PATH'], SPARK_HOME: '/elsewhere', PYTHONPATH: '/elsewhere' };

    const out = execFileSync('sh', ['-euc', `${shellEnvironment({})}\nenv`], { encoding: 'utf8', env: environment });

    expect(out).not.toContain('/elsewhere');
  });
});
