import { spawnSync } from 'node:child_process';
import { ToolchainError } from './toolchainError.mjs';

const candidates = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

const describe = `
import sys
print("%d.%d" % sys.version_info[:2], sys.executable)
import ensurepip, venv
print("venv")
`;

/**
 * A Python that the project can use, as a path.
 * @param {NodeJS.ProcessEnv} environment
 */
export function findPython(environment) {
  const tooOld = [];
  for (const candidate of candidates) {
    const { stdout, status, error } = spawnSync(candidate, ['-c', describe], { encoding: 'utf8', env: environment });
    const [, version, executable] = /^(3\.\d+) (.+)$/m.exec(error === undefined ? stdout : '') ?? [];
    if (version === undefined || executable === undefined) {
      continue;
    }
    if (Number(version.slice(2)) < 10) {
      tooOld.push(`${candidate} is ${version}`);
    } else if (status !== 0) {
      throw new ToolchainError(
        'LH3003',
        `Python ${version} (${executable}) comes without its module venv.`,
        `On Debian and Ubuntu: apt install python3-venv (or python${version}-venv).`,
      );
    } else {
      return executable;
    }
  }
  throw new ToolchainError(
    'LH3002',
    `No Python 3.10 or newer was found${tooOld.length === 0 ? '' : `: ${tooOld.join(', ')}`}.`,
    'Install Python 3.10 or newer so that `python3` starts it.',
  );
}
