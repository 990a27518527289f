import { readSettings, runProgram } from '@lakehouse/one-shot';
import { initStore } from './initStore.js';
import { variables } from './settings.js';
import { summary } from './summary.js';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void runProgram(async () => {
  say(summary(await initStore(readSettings(variables, process.env, 'minio-init'), say)));
});
