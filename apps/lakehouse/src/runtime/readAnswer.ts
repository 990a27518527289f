import type { z } from 'zod';
import { Failure } from '../failure.js';

/** The answer of a verb in its form; a Failure where it has another. */
export function readAnswer<T>(verb: string, value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  throw new Failure(
    'LH3026',
    verb,
    `The pipeline's answer has another form than expected (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}).`,
    'Check that the command line and the pipeline are of one version: `git status`, then ./lakehouse again.',
  );
}
