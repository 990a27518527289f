import { type Plan } from '@lakehouse/plan';
import { checkDefinitions } from './checkDefinitions.js';
import { comparisonRule } from './comparisonRule.js';
import { connectionFile } from './connectionFile.js';
import { disabledPolicies } from './disabledPolicies.js';
import { notificationsFile } from './notificationsFile.js';
import { renderTable } from './renderTable.js';
import { type Settings } from './settings.js';
import { sourceFolder } from './paths.js';
import { type Unsupported } from './unsupported.js';

/** All files of a DQOps user home that we write, by their path in it; the server adds its own. */
export interface UserHome {
  readonly files: ReadonlyMap<string, string>;
  /** Rules of the contracts that DQOps cannot check. */
  readonly unsupported: readonly Unsupported[];
}

/** The file that is written last: it says which plan all the others are of. */
export const lastFile = `${sourceFolder}/connection.dqoconnection.yaml`;

/**
 * The user home of a plan, or of none before the first was applied.
 *
 * The server takes a folder that is not empty for its own only where `.DQO_USER_HOME` and `.gitignore` are in it.
 */
export function userHome(plan: Plan | null, settings: Settings): UserHome {
  const keys = new Map(plan?.tables.map(({ name, key }) => [name, key]));
  const tables = (plan?.tables ?? []).flatMap((table) => renderTable(table, keys));
  const files: readonly (readonly [string, string])[] = [
    ['.DQO_USER_HOME', 'The user home of DQOps.\n'],
    ['.gitignore', '*\n'],
    ...disabledPolicies(),
    ...comparisonRule(),
    ...checkDefinitions(tables),
    ['settings/defaultnotifications.dqonotifications.yaml', notificationsFile(settings)],
    ...tables.map(({ path, text }) => [path, text] as const),
    [lastFile, connectionFile(plan?.hash ?? 'none', settings)],
  ];
  return {
    files: new Map(files),
    unsupported: tables.flatMap(({ unsupported }) => unsupported),
  };
}
