import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import type { TemplateFile } from '../render/domainTemplate.js';

/** Writes the files of a new domain into its folder, which must not exist yet. */
export async function writeDomain(folder: string, files: readonly TemplateFile[]): Promise<void> {
  if (existsSync(folder)) {
    throw new Failure(
      'LH3030',
      folder,
      'This folder exists already; nothing was written.',
      'Choose another name, or remove the folder.',
      exitCode.usage,
    );
  }
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  }
}
