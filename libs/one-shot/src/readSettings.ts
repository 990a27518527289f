import { type z } from 'zod';
import { Failure } from './failure.js';

/**
 * The settings of `program`, each from the environment variable of its name; an empty one counts as absent.
 *
 * Throws Failure LH4501 that names all that cannot be used.
 */
export function readSettings<Settings>(
  variables: z.ZodType<Settings>,
  environment: Readonly<Record<string, string | undefined>>,
  program: string,
): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = variables.safeParse(given);
  if (read.success) return read.data;
  throw new Failure(
    'LH4501',
    'settings',
    read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    `Correct these environment variables; README.md of ${program} lists what they can be.`,
  );
}
