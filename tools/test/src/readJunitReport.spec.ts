import { readJunitReport } from './readJunitReport.js';

const report = `<?xml version="1.0" encoding="utf-8"?>
<testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="4" time="0.1">
  <testcase classname="tests.test_a" name="test_adds[1 &lt; 2]" time="0.001" />
  <testcase classname="tests.test_a" name="test_divides" time="0.001"><failure message="boom">def test_divides():
&gt;   1 / 0</failure></testcase>
  <testcase classname="tests.test_a" name="test_waits" time="0.0"><skipped type="pytest.skip" message="no engine">here</skipped></testcase>
  <testcase classname="" name="tests.test_b" time="0.0"><error message="collection failure">SyntaxError</error></testcase>
</testsuite></testsuites>`;

describe('readJunitReport', () => {
  it('counts tests, and a file that could not be collected as a failure', () => {
    expect(readJunitReport(report)).toEqual({
      passed: 1,
      skipped: ['tests.test_a › test_waits'],
      failed: [
        { test: 'tests.test_a › test_divides', text: 'def test_divides():\n>   1 / 0' },
        { test: ' › tests.test_b', text: 'SyntaxError' },
      ],
    });
  });

  it('reads one test alone, and none', () => {
    const suite = (cases: string): string => `<testsuites><testsuite name="pytest">${cases}</testsuite></testsuites>`;

    expect(readJunitReport(suite('<testcase classname="a" name="b" />'))).toEqual({
      passed: 1,
      skipped: [],
      failed: [],
    });
    expect(readJunitReport(suite(''))).toEqual({ passed: 0, skipped: [], failed: [] });
  });
});
