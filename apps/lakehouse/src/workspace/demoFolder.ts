import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './atomicFile.js';

/** Written last by the demo sources. */
const preparedSchema = z.object({ faults: z.array(z.string()) });

/** Whether the folder holds the demo's sources, with or without faults as wanted. */
export async function isPrepared(folder: string, faults: boolean): Promise<boolean> {
  const prepared = await readJson(join(folder, 'faults.json'), preparedSchema);
  return prepared !== null && prepared.faults.length > 0 === faults;
}
