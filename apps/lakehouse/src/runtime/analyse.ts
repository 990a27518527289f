import type { Problem } from '@lakehouse/contracts';
import type { Plan } from '@lakehouse/plan';
import { z } from 'zod';
import type { Context } from '../context.js';
import { callRuntime } from './callRuntime.js';
import { readAnswer } from './readAnswer.js';

const analysisSchema = z.object({
  problems: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['warning', 'error']),
      table: z.string(),
      file: z.string(),
      /** 0 where it is not known. */
      line: z.number(),
      column: z.string().nullable(),
      message: z.string(),
      fix: z.string(),
    }),
  ),
});

/** Spark's own analysis of every model over empty tables: its problems in the compiler's form, or null where it failed. */
export async function analyse(context: Context, plan: Plan, planFile: string): Promise<readonly Problem[] | null> {
  const answer = await callRuntime(context, { verb: 'analyse', arguments: [], planFile });
  if (answer.value === undefined) {
    context.finish(answer.exit);
    return null;
  }
  return readAnswer('analyse', answer.value, analysisSchema).problems.map(
    ({ code, severity, table, file, line, column, message, fix }) => ({
      code,
      severity,
      file,
      line,
      column: 0,
      message: `${column === null ? table : `${table}.${column}`}: ${message}`,
      fix,
    }),
  );
}
