import type Docker from 'dockerode';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.js';
import { type Installation } from './installation.js';
import { listServices, type ServiceState } from './listServices.js';

export interface Expectation {
  readonly name: string;
  /** A task has to end well, a daemon to be healthy. */
  readonly kind: 'daemon' | 'task';
  readonly replicas: number;
}

export interface Patience {
  /** Seconds until it is given up. */
  readonly seconds: number;
  /** Called when a service came up. */
  readonly onReady: (service: string, seconds: number) => void;
  /** Services that are still awaited, each time they were looked at. */
  readonly onWaiting: (services: readonly string[]) => void;
  /** Whether docker-compose has done its part: before that, a task that failed may be of an earlier start. */
  readonly isStarted: () => boolean;
  /** Ends the waiting without a word. */
  readonly abort: AbortSignal;
}

/** A service may wait for another by ending and being started again, but not for ever. */
const mostRestarts = 5;

/**
 * Waits until every expected service is healthy, or ended well if it is a task.
 *
 * Throws Failure LH3105 that names those that failed, at once where waiting is of no use.
 */
export async function awaitServices(
  engine: Docker,
  installation: Installation,
  expected: readonly Expectation[],
  patience: Patience,
): Promise<void> {
  const started = Date.now();
  const ready = new Set<string>();
  const restarts = new Restarts(engine);
  while (!patience.abort.aborted) {
    const states = await listServices(engine, installation);
    const seconds = (Date.now() - started) / 1000;
    for (const service of expected) {
      if (!ready.has(service.name) && isReady(service, states)) {
        ready.add(service.name);
        patience.onReady(service.name, seconds);
      }
    }
    const waiting = expected.filter(({ name }) => !ready.has(name));
    if (waiting.length === 0) return;
    patience.onWaiting(waiting.map(({ name }) => name));
    const failed = await findHopeless(restarts, waiting, states, patience.isStarted());
    if (failed !== undefined || seconds > patience.seconds) {
      throw await explain(engine, states, failed === undefined ? waiting : [failed], seconds);
    }
    await sleep(1000);
  }
}

function isReady(expected: Expectation, states: readonly ServiceState[]): boolean {
  const own = states.filter(({ service }) => service === expected.name);
  if (expected.kind === 'task') return own.some(({ exit }) => exit === 0);
  return own.filter(({ state, health }) => state === 'running' && health === 'healthy').length >= expected.replicas;
}

/** A task that failed, or a daemon that ends again and again. */
async function findHopeless(
  restarts: Restarts,
  waiting: readonly Expectation[],
  states: readonly ServiceState[],
  isStarted: boolean,
): Promise<Expectation | undefined> {
  for (const expected of waiting) {
    for (const own of states.filter(({ service }) => service === expected.name)) {
      if (isStarted && expected.kind === 'task' && own.exit !== null && own.exit !== 0) return expected;
      if (expected.kind === 'daemon' && (await restarts.since(own)) >= mostRestarts) return expected;
    }
  }
  return undefined;
}

/** How often containers were started again since they were first looked at. */
class Restarts {
  private readonly first = new Map<string, number>();

  constructor(private readonly engine: Docker) {}

  async since({ container }: ServiceState): Promise<number> {
    const count = await this.count(container);
    const first = this.first.get(container) ?? count;
    this.first.set(container, first);
    return count - first;
  }

  private async count(container: string): Promise<number> {
    try {
      return (await this.engine.getContainer(container).inspect()).RestartCount;
    } catch (error) {
      // Replaced by a new one since it was listed.
      if ((error as { statusCode?: number }).statusCode === 404) return 0;
      throw error;
    }
  }
}

async function explain(
  engine: Docker,
  states: readonly ServiceState[],
  services: readonly Expectation[],
  seconds: number,
): Promise<Failure> {
  const lines: string[] = [];
  for (const { name } of services) {
    const own = states.find(({ service }) => service === name);
    const word =
      own === undefined ? 'never started' : own.exit === null ? (own.health ?? own.state) : `ended with ${own.exit}`;
    lines.push(`${name}: ${word}`);
    if (own !== undefined) lines.push(...(await lastLines(engine, own.container)).map((line) => `  ${line}`));
  }
  return new Failure(
    'LH3105',
    services.map(({ name }) => name).join(', '),
    [`not ready after ${Math.round(seconds)} s.`, ...lines].join('\n'),
    `./lakehouse logs ${services[0]?.name ?? ''} shows all it said; ./lakehouse up goes on from here.`,
  );
}

async function lastLines(engine: Docker, container: string): Promise<readonly string[]> {
  const log = await engine.getContainer(container).logs({ stdout: true, stderr: true, tail: 8 });
  return readable(log)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Without a terminal the engine sends frames: 8 bytes of stream and length, then text; see ContainerAttach in its API. */
function readable(frames: Buffer): string {
  const texts: string[] = [];
  for (let start = 0; start + 8 <= frames.length; ) {
    const end = start + 8 + frames.readUInt32BE(start + 4);
    texts.push(frames.toString('utf8', start + 8, end));
    start = end;
  }
  return texts.join('');
}
