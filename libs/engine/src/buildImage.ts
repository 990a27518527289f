import type Docker from 'dockerode';
import { Readable } from 'node:stream';
import { EngineError } from './connectEngine.js';
import { type ContextFile } from './context.js';
import { tarball } from './tarball.js';

/** One event of a build or a pull, as the engine streams it: https://docs.docker.com/reference/api/engine/ (ImageBuild). */
interface EngineEvent {
  readonly stream?: string;
  readonly status?: string;
  readonly error?: string;
}

const shownLines = 40;

/**
 * Builds an image and tags it; `onLine` gets what the build prints, line by line.
 *
 * Throws EngineError with the last lines where a step fails: the engine answers 200 and tells it in the stream.
 */
export async function buildImage(
  engine: Docker,
  files: readonly ContextFile[],
  options: Docker.ImageBuildOptions,
  onLine: (line: string) => void,
): Promise<void> {
  const answer = await engine.buildImage(Readable.from([await tarball(files)]), options);
  const lines: string[] = [];
  const failure = await follow(engine, answer, (line) => {
    lines.push(line);
    onLine(line);
  });
  if (failure !== undefined) {
    const tail = lines.slice(-shownLines).join('\n');
    throw new EngineError(
      `${options.t ?? 'The image'} was not built: ${failure}`,
      `The end of what it printed:\n${tail}`,
    );
  }
}

/** Reads what the engine streams to its end; returns the error that stood in it, if one did. */
export async function follow(
  engine: Docker,
  answer: NodeJS.ReadableStream,
  onLine: (line: string) => void,
): Promise<string | undefined> {
  return await new Promise((resolve, reject) => {
    let failed: string | undefined;
    engine.modem.followProgress(
      answer,
      (error) => {
        if (error) reject(error);
        else resolve(failed);
      },
      (event: EngineEvent) => {
        failed ??= event.error;
        linesOf(event).forEach(onLine);
      },
    );
  });
}

function linesOf(event: EngineEvent): readonly string[] {
  return (event.stream ?? event.status ?? '').split('\n').filter((line) => line.trim() !== '');
}
