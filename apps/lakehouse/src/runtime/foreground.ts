import { spawn } from 'node:child_process';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';

export interface ForegroundRequest {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Hands the terminal to a command until it ends, and returns its exit code. Ctrl-C reaches it from the terminal itself. */
export async function runForeground(request: ForegroundRequest): Promise<number> {
  const child = spawn(request.command, [...request.arguments], {
    cwd: request.folder,
    env: { ...request.environment },
    stdio: 'inherit',
  });
  const wait = (): void => undefined;
  const forward = (): void => {
    child.kill('SIGTERM');
  };
  process.on('SIGINT', wait).on('SIGTERM', forward);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => {
        reject(
          new Failure(
            'LH3021',
            request.command,
            `It could not be started: ${error.message}.`,
            'Start through ./lakehouse, which prepares what it needs.',
          ),
        );
      });
      child.once('close', (code, signal) => {
        resolve(code ?? (signal === 'SIGINT' ? exitCode.interrupted : exitCode.failed));
      });
    });
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', forward);
  }
}
