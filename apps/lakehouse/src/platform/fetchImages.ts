import { composeFiles } from '@lakehouse/stack';
import type Docker from 'dockerode';
import { type Context } from '../context.js';
import { Failure } from '../failure.js';
import { begin, finishedLine, noProgress } from '../render/progress.js';
import { showProgress } from '../runtime/showProgress.js';

/** Whether an image is built here. */
export function isOurs(image: string): boolean {
  return image.startsWith('lakehouse/');
}

/**
 * Pulls those of the images that others made and the engine has not.
 *
 * Throws Failure LH3120, which says how to go on without, where one is not to be had.
 */
export async function fetchImages(context: Context, engine: Docker, images: readonly string[]): Promise<void> {
  for (const image of images) {
    if (isOurs(image) || (await isPresent(engine, image))) continue;
    const since = Date.now();
    const hide = showProgress(context.terminal, () => begin(noProgress, 'images', `pulling ${image}`, since));
    try {
      await pull(engine, image);
    } catch (error) {
      throw notToBeHad(image, error);
    } finally {
      hide();
    }
    const line = { step: 'image', subject: image, rows: null, seconds: (Date.now() - since) / 1000, detail: 'pulled' };
    context.terminal.note(finishedLine(line, context.terminal.noteStyle));
  }
}

async function isPresent(engine: Docker, image: string): Promise<boolean> {
  try {
    await engine.getImage(image).inspect();
    return true;
  } catch (error) {
    if ((error as { readonly statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

async function pull(engine: Docker, image: string): Promise<void> {
  const progress = await engine.pull(image);
  await new Promise<void>((resolve, reject) => {
    engine.modem.followProgress(progress, (error: Error | null) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function notToBeHad(image: string, error: unknown): Failure {
  const services = composeFiles.flatMap(({ stack }) => stack.services);
  const part = services.find((service) => service.image === image)?.profile;
  const without = part === undefined ? '' : `, or leave it out: ./lakehouse up --without ${part}`;
  return new Failure(
    'LH3120',
    image,
    `The image is not in the Docker engine, and it cannot be pulled: ${error instanceof Error ? error.message : String(error)}`,
    `Let the engine reach its registry, or load the image with \`docker load\`${without}.`,
  );
}
