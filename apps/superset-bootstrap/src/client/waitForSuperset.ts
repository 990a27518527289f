import { Failure } from '@lakehouse/one-shot';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Login, openSuperset, type Superset } from './openSuperset.js';

const pauseMs = 1_000;

/** A session as soon as Superset answers. Failure LH4202 where it does not within `seconds`; a refused login fails at once. */
export async function waitForSuperset(login: Login, seconds: number): Promise<Superset> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    try {
      return await openSuperset(login);
    } catch (error) {
      const isSilent = error instanceof Failure && error.code === 'LH4202';
      if (!isSilent || Date.now() + pauseMs > deadline) throw error;
      await sleep(pauseMs);
    }
  }
}
