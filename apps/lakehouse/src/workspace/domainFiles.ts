import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';

/** A file that a team wrote; `path` is relative to the workspace, with forward slashes. */
export interface DomainFile {
  readonly path: string;
  readonly text: string;
}

const folders = [
  { name: 'contracts', endings: ['.yaml', '.yml'] },
  { name: 'models', endings: ['.sql', '.py'] },
  { name: 'dashboards', endings: ['.yaml', '.yml'] },
];

async function filesOf(domain: string): Promise<readonly string[]> {
  const found = [join(domain, 'domain.yaml')];
  for (const folder of folders) {
    const path = join(domain, folder.name);
    if (existsSync(path)) {
      const entries = await readdir(path, { withFileTypes: true });
      found.push(
        ...entries
          .filter((entry) => entry.isFile() && folder.endings.some((ending) => entry.name.endsWith(ending)))
          .map((entry) => join(path, entry.name)),
      );
    }
  }
  return found;
}

/** Every contract, model, dashboard and domain.yaml of the domains under `domains`. */
export async function readDomainFiles(root: string, domains: string): Promise<readonly DomainFile[]> {
  if (!existsSync(domains)) {
    throw new Failure(
      'LH3024',
      domains,
      'There is no such folder, so there are no domains.',
      'Make a first domain with `./lakehouse init-domain NAME`, or name the folder with --domains.',
      exitCode.usage,
    );
  }
  const entries = await readdir(domains, { withFileTypes: true });
  const paths = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && existsSync(join(domains, entry.name, 'domain.yaml')))
      .map((entry) => filesOf(join(domains, entry.name))),
  );
  return Promise.all(
    paths
      .flat()
      .sort()
      .map(async (path) => ({
        path: relative(root, path).split(sep).join('/'),
        text: await readFile(path, 'utf8'),
      })),
  );
}
