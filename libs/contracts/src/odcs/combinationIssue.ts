import type { z } from 'zod';

/** Reports keys that exist but do not go together; the fix travels along to the problem list. */
export function combinationIssue(
  context: z.core.$RefinementCtx,
  path: (string | number)[],
  message: string,
  fix: string,
): void {
  context.addIssue({ code: 'custom', path, message, params: { fix } });
}
