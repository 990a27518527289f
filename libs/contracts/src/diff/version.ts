import type { Contract } from '../contract.js';
import type { Problem } from '../problem.js';
import { positionOf } from '../yaml/positionOf.js';
import { gravest, type Change, type ChangeLevel } from './change.js';

/** The least version after a change of the given level: breaking raises the major, compatible the minor, documentation the patch number. */
export function requiredVersion(version: string, level: ChangeLevel | null): string {
  const [major, minor, patch] = numbersOf(version);
  switch (level) {
    case 'breaking':
      return `${major + 1}.0.0`;
    case 'compatible':
      return `${major}.${minor + 1}.0`;
    case 'documentation':
      return `${major}.${minor}.${patch + 1}`;
    case null:
      return `${major}.${minor}.${patch}`;
  }
}

/** Whether the version rose as the changes ask for; a problem at the `version` of the contract where it did not. */
export function checkVersion(
  before: Contract | null,
  after: Contract | null,
  changes: readonly Change[],
): Problem | null {
  if (before === null) return null;
  if (after === null) return checkRemoval(before);
  const level = gravest(changes.filter(({ table }) => table === after.table));
  const required = requiredVersion(before.version, level);
  if (compareVersions(after.version, required) >= 0) return null;
  const reason = level === null ? 'The version fell' : `A ${level} change needs a higher version`;
  return {
    code: 'LH1119',
    severity: 'error',
    file: after.file,
    ...positionOf(after.document, ['version']),
    message: `${reason}: ${after.table} was ${before.version} and is ${after.version}.`,
    fix: `Write \`version: ${required}\` or higher.`,
  };
}

/** A table that is gone has no version to raise: it has to be retired in an earlier version, which is a breaking change itself. */
function checkRemoval(before: Contract): Problem | null {
  if (['retired', 'draft', 'proposed'].includes(before.status)) return null;
  return {
    code: 'LH1120',
    severity: 'error',
    file: before.file,
    line: 0,
    column: 0,
    message: `${before.table} was removed while its status was ${before.status}.`,
    fix: `Bring the file back with \`status: retired\` and \`version: ${requiredVersion(before.version, 'breaking')}\`; remove it in a later change.`,
  };
}

function numbersOf(version: string): [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

/** Negative where the first version is the lower one. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [numbersOf(a), numbersOf(b)];
  for (const [index, number] of first.entries()) {
    const difference = number - (second[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
