import type { Problem } from '@lakehouse/contracts';
import { renderProblems } from './problems.js';
import { createStyle } from './style.js';

const plain = createStyle(false);

function problem(file: string, line: number, severity: Problem['severity']): Problem {
  return { code: 'LH1203', severity, file, line, column: 5, message: 'It is wrong.', fix: 'Mend it.' };
}

describe('problems', () => {
  it('stand by file and line, with place, message and fix, and are counted', () => {
    const problems = [problem('b.yaml', 9, 'warning'), problem('b.yaml', 2, 'error'), problem('a.yaml', 0, 'error')];
    expect(renderProblems(problems, plain)).toBe(
      [
        'a.yaml error LH1203',
        '    It is wrong.',
        '    fix: Mend it.',
        '',
        'b.yaml:2:5 error LH1203',
        '    It is wrong.',
        '    fix: Mend it.',
        'b.yaml:9:5 warning LH1203',
        '    It is wrong.',
        '    fix: Mend it.',
        '',
        '2 errors and 1 warning in 2 files',
      ].join('\n'),
    );
  });

  it('are coloured only where asked', () => {
    const problems = [problem('a.yaml', 1, 'error')];
    expect(renderProblems(problems, plain)).not.toContain('\u001b');
    expect(renderProblems(problems, createStyle(true))).toContain('\u001b[31merror');
  });

  it('leave nothing where there are none', () => {
    expect(renderProblems([], plain)).toBe('');
  });
});
