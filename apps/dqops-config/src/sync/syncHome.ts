import { Failure, reason } from '@lakehouse/one-shot';
import { changes } from './changes.js';
import { describeChange } from './describeChange.js';
import { applyChange, makeTemporaryFolder, readHome } from './folder.js';

/**
 * Brings a user home to `wanted` and returns how many files it changed. Killed half-way, the next sync does the rest.
 *
 * Throws Failure LH4403 where the folder cannot be read or written.
 */
export async function syncHome(
  home: string,
  wanted: ReadonlyMap<string, string>,
  isPlanKnown: boolean,
  tell: (line: string) => void,
): Promise<number> {
  try {
    await makeTemporaryFolder(home);
    const todo = changes(wanted, await readHome(home, wanted.keys()), isPlanKnown);
    for (const change of todo) {
      await applyChange(home, change);
      tell(describeChange(change));
    }
    return todo.length;
  } catch (error) {
    throw new Failure(
      'LH4403',
      home,
      `The user home of DQOps cannot be brought up to date: ${reason(error)}`,
      'The folder has to be writable for the user of this container; run it again when that is mended.',
    );
  }
}
