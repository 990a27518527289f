import { planSchema, type Plan } from '@lakehouse/plan';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeAtomically } from './atomicFile.js';

const analysedSchema = z.strictObject({ plan: z.string() });

function render(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

function analysedFile(home: string): string {
  return join(home, 'state', 'analysed.json');
}

/** Writes a plan under its hash, once, and returns its file. */
export async function storePlan(home: string, plan: Plan): Promise<string> {
  const file = join(home, 'plans', `${plan.hash}.json`);
  if (!existsSync(file)) {
    await writeAtomically(file, render(plan));
  }
  return file;
}

/** Makes a plan the one that runs and answers use. */
export async function applyPlan(home: string, plan: Plan): Promise<void> {
  const applied = await readAppliedPlan(home);
  if (applied?.hash !== plan.hash) {
    await writeAtomically(appliedPlanFile(home), render(plan));
  }
}

/** File of the applied plan. */
export function appliedPlanFile(home: string): string {
  return join(home, 'plan.json');
}

/** The plan that runs and answers use; null before the first run. */
export async function readAppliedPlan(home: string): Promise<Plan | null> {
  return readJson(appliedPlanFile(home), planSchema);
}

/** Hash of the plan that Spark analysed last without a problem. */
export async function readAnalysed(home: string): Promise<string | null> {
  return (await readJson(analysedFile(home), analysedSchema))?.plan ?? null;
}

export async function rememberAnalysed(home: string, plan: Plan): Promise<void> {
  await writeAtomically(analysedFile(home), `${JSON.stringify({ plan: plan.hash })}\n`);
}
