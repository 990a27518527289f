import { flightsPlan } from './flights.fixture.js';
import { settings } from './settings.fixture.js';
import { userHome } from './userHome.js';

/**
 * What stands in `__golden__`, by name: every file of the demo's user home but the definitions of checks, which differ in nothing
 * but their names; those are listed in one. The plan's hash is left out, since everything changes it. A file whose name begins with a dot
 * stands there without it: git would read .gitignore, and keep all of them out.
 */
export async function goldenFiles(): Promise<ReadonlyMap<string, string>> {
  const plan = { ...(await flightsPlan()), hash: '0'.repeat(64) };
  const { files, unsupported } = userHome(plan, settings);
  const definitions = [...files.keys()].filter((path) => path.startsWith('checks/'));
  const [first = ''] = definitions;
  return new Map([
    ...[...files]
      .filter(([path]) => !definitions.includes(path) || path === first)
      .map(([path, text]) => [path.replace(/^\./, ''), text] as const),
    ['definitions.txt', `${definitions.join('\n')}\n`],
    ['unsupported.txt', unsupported.map(({ rule, reason }) => `${rule}: ${reason}\n`).join('')],
  ]);
}
