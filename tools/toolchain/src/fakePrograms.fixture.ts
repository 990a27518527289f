import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Writes shell scripts, named as programs, into a folder and returns an environment whose PATH finds them first. */
export function fakePrograms(folder: string, scripts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true });
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return { PATH: folder };
}

/** The same with the caller's PATH behind it. */
export function fakeProgramsFirst(folder: string, scripts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: `${fakePrograms(folder, scripts)['PATH'] ?? ''}${delimiter}${process.env['PATH'] ?? ''}` };
}
