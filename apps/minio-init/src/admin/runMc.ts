import { Failure } from '@lakehouse/one-shot';
import { execFile } from 'node:child_process';
import { z } from 'zod';

/** It asks a store that went away again and again. */
const timeoutMs = 20_000;

/** What mc printed, or the code of MinIO's refusal with its text. */
export type McAnswer =
  | { readonly ok: true; readonly output: string }
  | { readonly ok: false; readonly code: string; readonly message: string };

const refusal = z.object({
  error: z.object({
    message: z.string(),
    cause: z.object({ message: z.string(), error: z.object({ Code: z.string().default('') }).catch({ Code: '' }) }),
  }),
});

/** Runs MinIO's client with the configuration in `folder`. */
export function runMc(folder: string, arguments_: readonly string[], input = ''): Promise<McAnswer> {
  const environment = {
    PATH: process.env['PATH'],
    SSL_CERT_FILE: process.env['SSL_CERT_FILE'],
    HOME: folder,
    MC_UPDATE: 'off',
  };
  return new Promise((resolve, reject) => {
    const child = execFile(
      'mc',
      ['--json', '--config-dir', folder, ...arguments_],
      { env: environment, timeout: timeoutMs, encoding: 'utf8' },
      (error, output, problems) => {
        const command = `mc ${arguments_.join(' ')}`;
        if (error === null) resolve({ ok: true, output });
        // It ends with a code of its own when it is told to stop.
        else if (error.killed === true) reject(broken(command, `it did not end within ${timeoutMs / 1_000} s`));
        else if (typeof error.code === 'number') resolve(refusalOf(output, problems));
        else reject(broken(command, error.message));
      },
    );
    // A client that does not read its input ends before it is written.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

function refusalOf(output: string, problems: string): McAnswer {
  const read = refusal.safeParse(parsed(output));
  if (!read.success) return { ok: false, code: '', message: `${output}${problems}`.trim() };
  const { message, cause } = read.data.error;
  return { ok: false, code: cause.error.Code, message: `${message}: ${cause.message}` };
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}

function broken(command: string, what: string): Failure {
  return new Failure(
    'LH4107',
    command,
    `MinIO's client could not do it: ${what}`,
    'See whether the store is healthy, and run it again: what is done stays done.',
  );
}
