import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ToolchainError } from './toolchainError.mjs';

const linesKept = 12;

/**
 * Runs an installer to its end, reporting its lines; it shares the lock, so that it can't outlive it.
 * @param {{
 *   command: string,
 *   arguments: readonly string[],
 *   folder: string,
 *   lock: import('./lock.mjs').Lock,
 *   report: (line: string) => void,
 *   code: string,
 *   fix: string,
 * }} request
 * @returns {Promise<void>}
 */
export function runChild(request) {
  return new Promise((resolve, reject) => {
    /** @type {string[]} */
    const head = [];
    /** @type {string[]} */
    const tail = [];
    const child = spawn(request.command, [...request.arguments], {
      cwd: request.folder,
      stdio: ['ignore', 'pipe', 'pipe', request.lock.descriptor],
    });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: /** @type {import('node:stream').Readable} */ (stream) }).on('line', (line) => {
        if (/\berror\b/i.test(line) && head.length < linesKept) {
          head.push(line);
        } else {
          tail.push(line);
          tail.splice(0, tail.length - linesKept);
        }
        request.report(line);
      });
    }
    child.on('error', (error) => {
      reject(
        new ToolchainError(request.code, `${request.command} could not be started: ${error.message}`, request.fix),
      );
    });
    child.on('close', (status, signal) => {
      if (status === 0) {
        resolve();
        return;
      }
      const end = signal === null ? `exit code ${status}` : signal;
      const said = [...head, ...tail].map((line) => `\n  ${line}`).join('');
      const call = [request.command, ...request.arguments].join(' ');
      reject(new ToolchainError(request.code, `\`${call}\` failed (${end}):${said}`, request.fix));
    });
  });
}
