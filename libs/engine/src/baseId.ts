import type Docker from 'dockerode';
import { follow } from './buildImage.js';
import { EngineError } from './connectEngine.js';

/**
 * The id of the image that another stands on; pulls it where the engine has it not. `own` is how the names of our own
 * images begin, which are built, never pulled.
 *
 * Throws EngineError where one of ours is not built or the pull fails.
 */
export async function baseId(
  engine: Docker,
  base: string,
  own: string,
  onLine: (line: string) => void,
): Promise<string> {
  if (base === 'scratch') return base;
  const present = await inspected(engine, base);
  if (present !== undefined) return present;
  if (base.startsWith(own)) {
    throw new EngineError(`The image ${base} is not in the engine.`, `Build it first: npx nx run-many -t image`);
  }
  const failure = await follow(engine, await engine.pull(base), onLine);
  const pulled = await inspected(engine, base);
  if (failure !== undefined || pulled === undefined) {
    throw new EngineError(
      `The image ${base} could not be pulled: ${failure ?? 'the registry did not send it'}.`,
      'Where no registry can be reached, tools/engine prepares a base from Debian packages.',
    );
  }
  return pulled;
}

async function inspected(engine: Docker, image: string): Promise<string | undefined> {
  try {
    return (await engine.getImage(image).inspect()).Id;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}
