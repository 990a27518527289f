import { join } from 'node:path';
import { z } from 'zod';
import { publishResultSchema } from '../runtime/results.js';
import { readJson, writeAtomically } from './atomicFile.js';

const lastRunSchema = z.object({
  domain: z.string(),
  plan: z.string(),
  finishedAt: z.string(),
  seconds: z.number(),
  result: publishResultSchema,
});
export type LastRun = z.infer<typeof lastRunSchema>;

function file(home: string, domain: string): string {
  return join(home, 'state', `last-run-${domain}.json`);
}

/** Keeps what a run that did something answered, for the report. */
export async function rememberRun(home: string, run: LastRun): Promise<void> {
  await writeAtomically(file(home, run.domain), `${JSON.stringify(run)}\n`);
}

export async function readLastRun(home: string, domain: string): Promise<LastRun | null> {
  return readJson(file(home, domain), lastRunSchema);
}
