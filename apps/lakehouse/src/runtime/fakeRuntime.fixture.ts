import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a program that stands for Python: it notes its arguments in `calls.txt`, then does as the shell lines say;
 * `$3` is the verb.
 */
export function fakeRuntime(folder: string, shellLines: string): string {
  const file = join(folder, 'fake-python');
  writeFileSync(file, `#!/bin/bash\necho "$*" >> '${join(folder, 'calls.txt')}'\n${shellLines}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A shell line that prints an event as the runtime does. */
export function printEvent(event: unknown): string {
  return `echo '${JSON.stringify(event).replaceAll("'", "'\\''")}'`;
}
