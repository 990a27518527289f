import { yamlFile } from './yamlFile.js';

/**
 * One policy for tables and one for columns, both off and both under a name of DQOps' own: where it misses
 * either it makes all twenty of its default policies anew, and with them dozens of checks that no contract asked for.
 */
export function disabledPolicies(): readonly (readonly [string, string])[] {
  const off = { priority: 1000, disabled: true };
  return [
    ['patterns/Detect empty tables daily.dqotablepattern.yaml', yamlFile('default_table_checks', off)],
    ['patterns/Detect empty columns.dqocolumnpattern.yaml', yamlFile('default_column_checks', off)],
  ];
}
