import type { ExecutorContext } from '@nx/devkit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildRoutes } from './buildRoutes';
import { readDockerfile } from './dockerfile';

interface Options {
  readonly dockerfile: string;
  readonly repository: string;
  readonly tag: string;
}

/** Sees to it that the engine has the image. A failed build shows what it printed. */
export async function imageExecutor(options: Options, context: ExecutorContext): Promise<{ success: boolean }> {
  const { connectEngine, EngineError, ensureImage } = await import('@lakehouse/engine');
  const { parameters, ...read } = readDockerfile(readFileSync(join(context.root, options.dockerfile), 'utf8'));
  try {
    const engine = await connectEngine();
    const request = {
      ...{ root: context.root, ...options, ...read },
      ...{ buildArguments: {}, routes: buildRoutes(process.env, parameters) },
    };
    const image = await ensureImage(engine, request, tellStep);
    const name = `${options.repository}:${options.tag}`;
    process.stdout.write(`${name} ${image.built ? 'was built' : 'is up to date'} (${image.id.slice(0, 19)})\n`);
    return { success: true };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return { success: false };
  }
}

/** Of all that a build prints, its steps: where one fails, the error has what it printed. */
function tellStep(line: string): void {
  if (line.startsWith('Step ')) process.stdout.write(`${line}\n`);
}
