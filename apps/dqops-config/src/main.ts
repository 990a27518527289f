import { readSettings, runProgram } from '@lakehouse/one-shot';
import { configure } from './configure.js';
import { variables } from './settings.js';

void runProgram(async () => {
  await configure(readSettings(variables, process.env, 'dqops-config'), (line) => process.stdout.write(`${line}\n`));
});
