import type Docker from 'dockerode';
import { Failure } from '../failure.js';

/** The Docker engine that the platform runs on. Throws Failure LH3109 where none answers. */
export async function connectPlatformEngine(): Promise<Docker> {
  // Its libraries take a third of a second to load, which only commands that need them should pay.
  const { connectEngine, EngineError } = await import('@lakehouse/engine');
  try {
    return await connectEngine();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new Failure('LH3109', 'docker', error.reason, error.fix);
  }
}
