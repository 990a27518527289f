import { type Slot } from './slot.js';

/** The same checks, each under a name of its own at its place: a second one of a name would silently replace the first. */
export function uniqueNames(slots: readonly Slot[]): readonly Slot[] {
  const taken = new Set<string>();
  const addressOf = ({ type, column, category, name }: Slot): string => JSON.stringify([type, column, category, name]);
  return slots.map((wanted) => {
    const slot = taken.has(addressOf(wanted)) ? (wanted.otherwise ?? wanted) : wanted;
    let unique = slot;
    for (let count = 2; taken.has(addressOf(unique)); count += 1) unique = { ...slot, name: `${slot.name}_${count}` };
    taken.add(addressOf(unique));
    return unique;
  });
}
