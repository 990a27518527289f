import { readJestReport } from './readJestReport.js';

const report = {
  numTotalTests: 3,
  testResults: [
    {
      name: '/workspace/libs/a/src/one.spec.ts',
      status: 'failed',
      message: 'all of it',
      assertionResults: [
        { fullName: 'one adds', status: 'passed', failureMessages: [] },
        { fullName: 'one divides', status: 'failed', failureMessages: ['Error: by zero'] },
        { fullName: 'one waits', status: 'pending' },
      ],
    },
    { name: '/workspace/libs/a/src/two.spec.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] },
  ],
};

describe('readJestReport', () => {
  it('counts tests, and a spec file that could not be run as a failure', () => {
    expect(readJestReport(JSON.stringify(report), '/workspace')).toEqual({
      passed: 1,
      skipped: ['libs/a/src/one.spec.ts › one waits'],
      failed: [
        { test: 'libs/a/src/one.spec.ts › one divides', text: 'Error: by zero' },
        { test: 'libs/a/src/two.spec.ts', text: 'SyntaxError' },
      ],
    });
  });
});
