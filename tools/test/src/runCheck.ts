import { connectEngine, EngineError } from '@lakehouse/engine';
import { existsSync, readFileSync } from 'node:fs';
import { type Check } from './checks.js';
import { type Outcome } from './outcome.js';
import { readJestReport } from './readJestReport.js';
import { readJunitReport } from './readJunitReport.js';
import { runCommand } from './runCommand.js';

/** Runs one check. A runner that fails though its report names no failure is a failure itself, shown by its output. */
export async function runCheck(
  check: Check,
  workspace: string,
  environment: Readonly<NodeJS.ProcessEnv>,
  onLine: (line: string) => void,
): Promise<Outcome> {
  if (check.needsEngine === true) {
    const missing = await missingEngine();
    if (missing !== null) return { passed: 0, skipped: [`${check.title}: ${missing}`], failed: [] };
  }
  const { succeeded, output } = await runCommand(check.command, workspace, environment, onLine);
  const failure = { test: check.title, text: output.trim() };
  if (check.report === null) {
    return { passed: succeeded ? 1 : 0, skipped: [], failed: succeeded ? [] : [failure] };
  }
  if (!existsSync(check.report.file)) {
    return { passed: 0, skipped: [], failed: [failure] };
  }
  const text = readFileSync(check.report.file, 'utf8');
  const outcome = check.report.form === 'jest' ? readJestReport(text, workspace) : readJunitReport(text);
  return succeeded || outcome.failed.length > 0 ? outcome : { ...outcome, failed: [failure] };
}

/** Why there is no engine; null where one answers. */
async function missingEngine(): Promise<string | null> {
  try {
    await connectEngine();
    return null;
  } catch (error) {
    if (error instanceof EngineError) return error.message;
    throw error;
  }
}
