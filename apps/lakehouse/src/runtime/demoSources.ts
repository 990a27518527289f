import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface DemoServer {
  readonly url: string;
  /** Ends it; also done when this process ends. */
  stop(): void;
}

/** Serves the demo's HTTP source on a free port of this machine until it is stopped. */
export async function serveDemoSources(context: Context, folder: string): Promise<DemoServer> {
  const { workspace } = context;
  const child = spawn(workspace.python, ['-m', 'demo_sources', 'serve', '--from', folder, '--port', '0'], {
    cwd: workspace.root,
    env: { ...workspace.environment, PYTHONUNBUFFERED: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const kill = (): void => {
    child.kill('SIGTERM');
  };
  const leave = (signal: NodeJS.Signals): void => {
    // Where a run is under way it handles the signal, and the server must outlive it.
    if (process.listenerCount(signal) === 1) {
      process.exit(exitCode.interrupted);
    }
  };
  process.on('exit', kill);
  for (const signal of signals) {
    process.on(signal, leave);
  }
  const stop = (): void => {
    kill();
    process.off('exit', kill);
    for (const signal of signals) {
      process.off(signal, leave);
    }
  };
  const url = await new Promise<string | null>((resolve) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      resolve(/http:\/\/[0-9.]+:\d+/.exec(line)?.[0] ?? null);
    });
    child.once('error', () => {
      resolve(null);
    });
    child.once('close', () => {
      resolve(null);
    });
  });
  if (url === null) {
    stop();
    throw new Failure(
      'LH3033',
      'demo sources',
      `The demo's HTTP source did not start.\n${errors.trim()}`,
      'Start through ./lakehouse, which installs what it needs.',
    );
  }
  return { url, stop };
}
