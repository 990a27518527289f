import { type Context } from '../context.js';
import { begin, finishedLine, noProgress } from '../render/progress.js';
import { showProgress } from '../runtime/showProgress.js';
import { awaitServices } from './awaitServices.js';
import { composeRun } from './composeRun.js';
import { connectPlatformEngine } from './connectPlatformEngine.js';
import { expectations } from './expectations.js';
import { type Installation } from './installation.js';
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
  installation: Installation,
  settings: Settings,
): Promise<boolean> {
  const { terminal } = context;
  const expected = expectations(settings);
  let waiting: readonly string[] = expected.map(({ name }) => name);
  const since = Date.now();
  const hide = showProgress(terminal, () => begin(noProgress, 'start', waiting.join(', '), since));
  const over = new AbortController();
  let isStarted = false;
  // docker-compose itself waits for what others depend on, so the two go side by side; where one fails, the other ends.
  const starting = composeRun(
    context,
    installation,
    ['up', '--detach', '--remove-orphans', '--no-build'],
    over.signal,
  ).then((done) => {
    isStarted = done;
    if (!done) over.abort();
    return done;
  });
  const ready = awaitServices(await connectPlatformEngine(), installation, expected, {
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
