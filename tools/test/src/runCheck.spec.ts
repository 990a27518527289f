import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check } from './checks.js';
import { closingLine } from './closingLine.js';
import { runCheck } from './runCheck.js';

const folder = mkdtempSync(join(tmpdir(), 'lakehouse-check-'));
const report = join(folder, 'report.xml');

afterEach(() => {
  rmSync(report, { force: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ignore = (): void => undefined;

function node(script: string, form: Check['report']): Check {
  return { kind: 'any', title: 'the check', command: [process.execPath, '-e', script], report: form };
}

describe('runCheck', () => {
  it('goes by the exit code where there is no report', async () => {
    const passed = await runCheck(node('', null), folder, process.env, ignore);
    const failed = await runCheck(node('console.error("no good"); process.exit(1)', null), folder, process.env, ignore);

    expect(closingLine([passed, failed])).toBe('1 passed, 1 failed');
    expect(failed.failed).toEqual([{ test: 'the check', text: 'no good' }]);
  });

  it('skips what needs an engine where none answers, and says why', async () => {
    const before = process.env['DOCKER_HOST'];
    process.env['DOCKER_HOST'] = `unix://${join(folder, 'nobody.sock')}`;
    const outcome = await runCheck({ ...node('', null), needsEngine: true }, folder, process.env, ignore);
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;

    expect(outcome).toMatchObject({ passed: 0, failed: [] });
    expect(outcome.skipped[0]).toMatch(/^the check: No Docker engine answers at unix:/);
  });

  it('fails when the runner dies before its report', async () => {
    const outcome = await runCheck(
      node('process.kill(process.pid, "SIGKILL")', { form: 'junit', file: report }),
      folder,
      process.env,
      ignore,
    );

    expect(outcome.failed).toHaveLength(1);
    expect(outcome.failed[0]?.text).toContain('SIGKILL');
  });

  it('fails when the runner fails with a report that names no failure', async () => {
    const written = '<testsuites><testsuite><testcase classname="a" name="b" /></testsuite></testsuites>';
    const script = `require("fs").writeFileSync(${JSON.stringify(report)}, ${JSON.stringify(written)}); process.exit(3)`;

    const outcome = await runCheck(node(script, { form: 'junit', file: report }), folder, process.env, ignore);

    expect(closingLine([outcome])).toBe('1 passed, 1 failed');
  });

  it('fails when the runner is not there', async () => {
    const outcome = await runCheck(
      { ...node('', null), command: [join(folder, 'absent')] },
      folder,
      process.env,
      ignore,
    );

    expect(outcome.failed[0]?.text).toContain('could not be started');
  });
});
