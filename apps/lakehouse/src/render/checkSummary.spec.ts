import { failedCheck, shopRun } from '../run.fixture.js';
import { summarizeChecks } from './checkSummary.js';

describe('checks over many batches', () => {
  it('count once each, and their worst outcome decides', () => {
    const passed = shopRun.checks.map((check) => ({ ...check, batch: 'b1' }));
    const [summary, ...others] = summarizeChecks([...passed, { ...failedCheck, batch: 'b2' }, ...passed]);
    expect(others).toEqual([]);
    expect(summary).toMatchObject({ state: 'failed', judged: 3, notPassed: 1, shown: { batch: 'b2', actual: 3 } });
  });

  it('only warn where the severity is warning', () => {
    expect(summarizeChecks([{ ...failedCheck, severity: 'warning' }])[0]?.state).toBe('warned');
  });
});
