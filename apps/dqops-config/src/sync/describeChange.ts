import { type Change } from './changes.js';

/** A change as a line of the log. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'write':
      return `${change.path}: ${change.isNew ? 'created' : 'changed'}`;
    case 'archive':
      return `${change.path}: archived, the table left the plan`;
    case 'remove':
      return `${change.path}: removed`;
  }
}
