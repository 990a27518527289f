import { Failure, reason } from '@lakehouse/one-shot';
import { type Plan, planSchema } from '@lakehouse/plan';
import { readFile } from 'node:fs/promises';

/** The plan in a file. Failure LH4207 where there is none that this version reads. */
export async function readPlan(file: string): Promise<Plan> {
  try {
    return planSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Failure('LH4207', file, `It is no plan: ${reason(error)}`, '`./lakehouse compile` writes one.');
  }
}
