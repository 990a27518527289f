import type { z } from 'zod';
import type { Context } from '../context.js';
import { appliedPlanFile } from '../workspace/plans.js';
import { callRuntime } from './callRuntime.js';
import { readAnswer } from './readAnswer.js';

export interface Question<T> {
  readonly verb: string;
  readonly arguments: readonly string[];
  readonly schema: z.ZodType<T>;
  readonly quiet?: boolean;
  /** Default: the applied plan. */
  readonly planFile?: string;
}

/** The checked answer of a verb; null, with the exit code set, where the verb failed and has said why. */
export async function ask<T>(context: Context, question: Question<T>): Promise<T | null> {
  const { home } = context.workspace;
  const answer = await callRuntime(context, {
    verb: question.verb,
    arguments: question.arguments,
    planFile: question.planFile ?? appliedPlanFile(home),
    quiet: question.quiet ?? false,
  });
  context.finish(answer.exit);
  return answer.value === undefined ? null : readAnswer(question.verb, answer.value, question.schema);
}
