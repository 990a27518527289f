import { yamlDocument } from '@lakehouse/formats';

export type Kind =
  | 'source'
  | 'table'
  | 'rule'
  | 'check'
  | 'default_table_checks'
  | 'default_column_checks'
  | 'default_notifications';

/** A file of DQOps' user home. */
export function yamlFile(kind: Kind, spec: object): string {
  return yamlDocument(
    { apiVersion: 'dqo/v1', kind, spec },
    'the applied plan: change the contract, then `./lakehouse apply`',
  );
}
