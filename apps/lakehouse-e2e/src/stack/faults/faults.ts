import { killed } from './killed.js';
import { runUntilDone, probe } from './probed.js';
import { space } from './space.js';
import { starting } from './starting.js';

/** Faults on the running platform; the laws are checked after each. Without `all` the short set. */
export function faults(all: boolean): void {
  describe('a domain', () => {
    test('without any fault', () => {
      probe().deliver();
      runUntilDone();
      probe().expectLaws();
    });

    killed(all);
    if (all) {
      starting();
      space();
    }
  });
}
