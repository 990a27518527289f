import { lastFile } from '../userHome/userHome.js';

/** What brings a user home to what it shall be. */
export type Change =
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly isNew: boolean }
  /** The table left the plan: its file goes to the archive, its results stay where the server keeps them. */
  | { readonly kind: 'archive'; readonly path: string }
  /** A definition that no table names any more. */
  | { readonly kind: 'remove'; readonly path: string };

/** Files that we alone write; whatever else is in a user home belongs to the server or to the user. */
const ours = {
  table: /^sources\/lakehouse\/[^/]+\.dqotable\.yaml$/,
  definition: /^checks\/(table|column)\/(profiling|monitoring\/daily)\/custom\/[^/]+\.dqocheck\.yaml$/,
} as const;

/**
 * The changes in the order in which they are made. A file that is as it shall be is left alone: the server compares its age with
 * that of results. The connection comes last, since it tells the gate that all the rest is there.
 *
 * `present` has every file that we may write or take away, with its text. Before a plan is known nothing is taken away.
 */
export function changes(
  wanted: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string>,
  isPlanKnown: boolean,
): readonly Change[] {
  const writes = [...wanted]
    .filter(([path, text]) => present.get(path) !== text)
    .map(([path, text]): Change => ({ kind: 'write', path, text, isNew: !present.has(path) }));
  const left = isPlanKnown ? [...present.keys()].filter((path) => !wanted.has(path)).sort() : [];
  const isLast = (change: Change): boolean => change.path === lastFile;
  return [
    ...writes.filter((change) => !isLast(change)),
    ...left.filter((path) => ours.table.test(path)).map((path): Change => ({ kind: 'archive', path })),
    ...left.filter((path) => ours.definition.test(path)).map((path): Change => ({ kind: 'remove', path })),
    ...writes.filter(isLast),
  ];
}
