import { connectEngine, EngineError } from '@lakehouse/engine';
import type Docker from 'dockerode';
import { Failure } from '../failure.js';

/** The Docker engine that the platform runs on. Throws Failure LH3109 where none answers. */
export async function connectPlatformEngine(): Promise<Docker> {
  try {
    return await connectEngine();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new Failure('LH3109', 'docker', error.reason, error.fix);
  }
}
