import { spawn } from 'node:child_process';

/** What a finished command leaves behind. */
export interface Finished {
  readonly succeeded: boolean;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/** Runs a command to its end with no standard input, keeping its output; `onLine` hears of the last line so far. */
export function runCommand(
  command: readonly string[],
  folder: string,
  environment: Readonly<NodeJS.ProcessEnv>,
  onLine: (line: string) => void,
): Promise<Finished> {
  const [program = '', ...rest] = command;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(program, rest, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        onLine(chunk.toString('utf8').trimEnd().split('\n').at(-1) ?? '');
      });
    }
    const finish = (succeeded: boolean, end: string): void => {
      resolve({ succeeded, output: `${Buffer.concat(chunks).toString('utf8')}${end}` });
    };
    child.on('error', (error) => {
      finish(false, `${program} could not be started: ${error.message}`);
    });
    child.on('close', (status, signal) => {
      finish(status === 0, signal === null ? '' : `\n${program} was ended by ${signal}`);
    });
  });
}
