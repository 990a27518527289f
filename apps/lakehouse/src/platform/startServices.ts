import type Docker from 'dockerode';
import { type Context } from '../context.js';
import { begin, finishedLine, noProgress } from '../render/progress.js';
import { showProgress } from '../runtime/showProgress.js';
import { awaitServices } from './awaitServices.js';
import { composeRun } from './composeRun.js';
import { expectations, startedFiles } from './expectations.js';
import { type Installation } from './installation.js';
import { listServices } from './listServices.js';
import { type Settings } from './settings.js';

/** Seconds in which all services have to be healthy; a slow disk takes the longest for the first start. */
const patience = 300;

/**
 * Starts the services, those that changed anew, and waits until all are healthy; false where it was interrupted.
 *
 * Throws Failure LH3104 where docker-compose fails, LH3105 where a service does not come up.
 */
export async function startServices(
  context: Context,
  engine: Docker,
  installation: Installation,
  settings: Settings,
): Promise<boolean> {
  const { terminal } = context;
  const expected = expectations(settings);
  let waiting: readonly string[] = expected.map(({ name }) => name);
  const since = Date.now();
  const hide = showProgress(terminal, () => begin(noProgress, 'start', waiting.join(', '), since));
  const over = new AbortController();
  await removeOthers(engine, installation, expected);
  let isStarted = false;
  // docker-compose itself waits for what others depend on, so the two go side by side; where one fails, the other ends.
  const starting = startFiles(context, installation, settings, over.signal).then((done) => {
    isStarted = done;
    if (!done) over.abort();
    return done;
  });
  const ready = awaitServices(engine, installation, expected, {
    seconds: patience,
    onReady: (subject, seconds) => {
      const line = { step: 'start', subject, rows: null, seconds, detail: '' };
      terminal.note(finishedLine(line, terminal.noteStyle));
    },
    onWaiting: (services) => {
      waiting = services;
    },
    isStarted: () => isStarted,
    abort: over.signal,
  });
  try {
    const [done] = await Promise.all([starting, ready]);
    return done;
  } catch (error) {
    over.abort();
    await Promise.allSettled([starting, ready]);
    throw error;
  } finally {
    hide();
  }
}

async function startFiles(
  context: Context,
  installation: Installation,
  settings: Settings,
  abort: AbortSignal,
): Promise<boolean> {
  for (const { file } of startedFiles(settings)) {
    if (!(await composeRun(context, installation, ['up', '--detach', '--no-build'], { file, abort }))) return false;
  }
  return true;
}

/** Removes the containers of services that are left out now, or that the platform has no more. */
async function removeOthers(
  engine: Docker,
  installation: Installation,
  expected: readonly { readonly name: string }[],
): Promise<void> {
  const wanted = new Set(expected.map(({ name }) => name));
  const others = (await listServices(engine, installation)).filter(({ service }) => !wanted.has(service));
  await Promise.all(others.map(({ container }) => removeContainer(engine.getContainer(container))));
}

/** It gets the time that its service says it needs to end. */
async function removeContainer(container: Docker.Container): Promise<void> {
  const { Config: config } = await container.inspect();
  await container.stop({ t: (config as { StopTimeout?: number }).StopTimeout ?? 30 }).catch(unlessAlready);
  await container.remove({ force: true }).catch(unlessAlready);
}

/** The engine answers 304 for what has ended, 404 for what is gone, 409 for what is about to be. */
function unlessAlready(error: unknown): void {
  if (![304, 404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
}
