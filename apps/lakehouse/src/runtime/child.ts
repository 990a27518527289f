import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildRequest {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  onLine(line: string): void;
  onErrorText(text: string): void;
  /** The first signal was handed on; the next one kills. */
  onInterrupt(): void;
  /** Ends the child, with all that it started, when it is of no more use. */
  readonly abort?: AbortSignal;
}

export interface ChildEnd {
  readonly exit: number | null;
  readonly interrupted: boolean;
  /** The command could not be started at all. */
  readonly startError: string | null;
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals, group: boolean): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * Runs a child in its own process group until it ends. Ctrl-C reaches it once, from here; a second Ctrl-C kills it with
 * all that it started.
 */
export async function runChild(request: ChildRequest): Promise<ChildEnd> {
  const child = spawn(request.command, [...request.arguments], {
    cwd: request.folder,
    env: { ...request.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let interrupts = 0;
  const interrupt = (signal: NodeJS.Signals): void => {
    interrupts += 1;
    if (interrupts === 1) {
      signalGroup(child.pid, signal, false);
      request.onInterrupt();
    } else {
      signalGroup(child.pid, 'SIGKILL', true);
    }
  };
  const abort = (): void => {
    signalGroup(child.pid, 'SIGTERM', true);
  };
  request.abort?.addEventListener('abort', abort);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) {
    process.on(signal, interrupt);
  }
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => {
    request.onLine(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    request.onErrorText(text);
  });
  try {
    return await new Promise<ChildEnd>((resolve) => {
      child.once('error', (error) => {
        resolve({ exit: null, interrupted: interrupts > 0, startError: error.message });
      });
      child.once('close', (exit) => {
        resolve({ exit, interrupted: interrupts > 0, startError: null });
      });
    });
  } finally {
    request.abort?.removeEventListener('abort', abort);
    for (const signal of signals) {
      process.off(signal, interrupt);
    }
  }
}
