import type { Plan } from '@lakehouse/plan';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { readAppliedPlan } from './plans.js';

/** The applied plan, for commands that answer from what ran before. */
export async function requireAppliedPlan(home: string): Promise<Plan> {
  const plan = await readAppliedPlan(home);
  if (plan === null) {
    throw new Failure(
      'LH3025',
      home,
      'Nothing has run in this home yet.',
      'Run a domain first: `./lakehouse run NAME`, or `./lakehouse demo` (its home is .lakehouse/demo: add --home .lakehouse/demo).',
      exitCode.usage,
    );
  }
  return plan;
}
