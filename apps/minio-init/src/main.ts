import { Failure } from './failure.js';
import { initStore } from './initStore.js';
import { summary } from './summary.js';
import { readSettings } from './settings.js';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(): Promise<void> {
  try {
    say(summary(await initStore(readSettings(process.env), say)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, subject, message, fix } = error;
    process.stderr.write(`error ${code} ${subject}\n    ${message.replaceAll('\n', '\n    ')}\n    fix: ${fix}\n`);
    process.exitCode = 1;
  }
}

void run();
