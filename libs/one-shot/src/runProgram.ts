import { Failure } from './failure.js';

/** Does the work of a program. A failure is told on standard error, and the program ends with 1; any other error is a fault of its own. */
export async function runProgram(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, subject, message, fix } = error;
    process.stderr.write(`error ${code} ${subject}\n    ${message.replaceAll('\n', '\n    ')}\n    fix: ${fix}\n`);
    process.exitCode = 1;
  }
}
