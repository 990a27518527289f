import { type Problem } from '@lakehouse/contracts';
import { problemIn, type SourceFile } from '../text/problemIn.js';

/** A file that describes one table. */
export interface TableFile {
  readonly file: SourceFile;
  /** `silver.flights` */
  readonly table: string;
}

/** The files of one domain. */
export interface DomainFolder {
  /** Relative to the workspace; empty for the workspace itself. */
  readonly path: string;
  readonly domainFile: SourceFile;
  readonly contracts: readonly TableFile[];
  readonly sqlModels: readonly TableFile[];
  readonly pythonModels: readonly TableFile[];
  readonly dashboards: readonly SourceFile[];
}

interface Sorted {
  readonly folders: readonly DomainFolder[];
  readonly problems: readonly Problem[];
}

const places = /^(?:(.*)\/)?(contracts|models|dashboards)\/([^/]+)$/;
const tableName = '((?:silver|gold)\\.[a-z][a-z0-9_]*)';
const names = {
  contracts: [{ pattern: /^((?:silver|gold|ops)\.[a-z][a-z0-9_]*)\.odcs\.yaml$/, kind: 'contracts' }],
  models: [
    { pattern: new RegExp(`^${tableName}\\.sql$`), kind: 'sqlModels' },
    { pattern: new RegExp(`^${tableName}\\.py$`), kind: 'pythonModels' },
  ],
  dashboards: [{ pattern: /^([a-z][a-z0-9_]*)\.yaml$/, kind: 'dashboards' }],
} as const;
const expected = {
  contracts:
    '`<layer>.<table>.odcs.yaml`, with silver, gold or ops as layer and lower-case letters, digits and underscores',
  models:
    '`<layer>.<table>.sql` or `<layer>.<table>.py`, with silver or gold as layer and lower-case letters, digits and underscores',
  dashboards: '`<dashboard>.yaml`, with lower-case letters, digits and underscores',
};
const ignored = /(^|\/)(\.(?!\.?\/)|__init__\.py$|__pycache__\/)|\.(md|txt|json)$/;

/** Sorts the files of a workspace by their domain and kind, which their paths alone decide. */
export function workspaceFiles(files: readonly SourceFile[]): Sorted {
  const sorted = [...files].sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  const folders = new Map<string, Mutable>();
  const problems: Problem[] = [];
  for (const file of sorted) {
    const path = /^(?:(.*)\/)?domain\.yaml$/.exec(file.path);
    if (path)
      folders.set(path[1] ?? '', { contracts: [], sqlModels: [], pythonModels: [], dashboards: [], domainFile: file });
  }
  for (const file of sorted) {
    const [, folder = '', kind = '', name = ''] = places.exec(file.path) ?? [];
    if (kind === '' || ignored.test(file.path)) continue;
    const domain = folders.get(folder);
    if (!domain) {
      problems.push(misplaced(file, folder));
      continue;
    }
    if (kind !== 'contracts' && kind !== 'models' && kind !== 'dashboards') continue;
    const match = names[kind]
      .map((form) => ({ kind: form.kind, name: form.pattern.exec(name)?.[1] }))
      .find((form) => form.name);
    if (!match?.name) {
      const message = `\`${name}\` is not a name of the ${kind} folder.`;
      problems.push(problemIn(file, { code: 'LH1321', offset: null, message, fix: `Rename it to ${expected[kind]}.` }));
    } else if (match.kind === 'dashboards') {
      domain.dashboards.push(file);
    } else {
      domain[match.kind].push({ file, table: match.name });
    }
  }
  return { folders: [...folders].map(([path, domain]) => ({ path, ...domain })), problems };
}

interface Mutable {
  readonly domainFile: SourceFile;
  readonly contracts: TableFile[];
  readonly sqlModels: TableFile[];
  readonly pythonModels: TableFile[];
  readonly dashboards: SourceFile[];
}

function misplaced(file: SourceFile, folder: string): Problem {
  return problemIn(file, {
    code: 'LH1320',
    offset: null,
    message: `There is no domain.yaml in ${folder === '' ? 'the folder' : `\`${folder}\``} that this file belongs to.`,
    fix: 'Add a domain.yaml there, or move the file into the folder of its domain.',
  });
}
