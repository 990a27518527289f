import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until there is an answer. What is not there yet, or away for a moment, is no answer. */
export async function eventually<T>(look: () => Promise<T | undefined>, seconds: number): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await sleep(1000);
  }
  const reason = last instanceof Error ? ` ${last.message}` : '';
  throw new Error(`Not within ${String(seconds)} s.${reason}`, { cause: last });
}
