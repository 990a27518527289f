import { Failure, reason } from '@lakehouse/one-shot';
import { planSchema, type Plan } from '@lakehouse/plan';
import { z } from 'zod';

/** Reads an object of the bucket ops; null where there is none. */
export type ReadObject = (path: string) => Promise<string | null>;

const pointerPath = 'plans/current.json';
const pointerSchema = z.object({ hash: z.string(), path: z.string() });

/**
 * The plan that the platform runs, or null before the first was applied.
 *
 * Throws Failure LH4402 where the object store does not answer, or what it holds is no plan of this version.
 */
export async function readAppliedPlan(read: ReadObject): Promise<Plan | null> {
  const pointer = await about(pointerPath, async () => {
    const text = await read(pointerPath);
    return text === null ? null : pointerSchema.parse(JSON.parse(text));
  });
  if (pointer === null) return null;
  return await about(pointer.path, async () => {
    const text = await read(pointer.path);
    if (text === null) throw new Error('the object is missing');
    return planSchema.parse(JSON.parse(text));
  });
}

async function about<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Failure(
      'LH4402',
      `ops/${path}`,
      `The applied plan cannot be read: ${reason(error)}`,
      'See whether the object store is healthy, then `./lakehouse apply` with the same version of everything.',
    );
  }
}
