import type { Plan } from '@lakehouse/plan';
import type { RunResult } from '../runtime/results.js';
import { renderAuditFailure } from './auditFailure.js';
import type { Style } from './style.js';
import { renderUnreadSources } from './unreadSources.js';

/** All that stood against a run: sources that it could not read, then checks that failed; empty where nothing did. */
export function renderRunProblems(result: Pick<RunResult, 'checks' | 'failures'>, plan: Plan, style: Style): string {
  return [renderUnreadSources(result.failures, plan, style), renderAuditFailure(result, plan, style)]
    .filter((block) => block !== '')
    .join('\n\n');
}
