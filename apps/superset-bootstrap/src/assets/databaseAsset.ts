import { queryUsers } from '@lakehouse/connections';
import type { Asset } from './asset.js';
import { assetId } from './assetId.js';

export const databaseName = 'Lakehouse';
export const databaseUuid = assetId('database');

/** How Superset reaches the query server. */
export interface QueryServer {
  /** `host:port` */
  readonly address: string;
  /** Where Superset finds the password; it is never stored. */
  readonly secretsFolder: string;
}

/** The query server as `bi` sees it. */
export function databaseAsset({ address, secretsFolder }: QueryServer): Asset {
  const { name, secret, schemas } = queryUsers.bi;
  return {
    kind: 'databases',
    uuid: databaseUuid,
    title: databaseName,
    content: {
      database_name: databaseName,
      sqlalchemy_uri: `lakehouse://${name}@${address}/${schemas[0]}?password_file=${encodeURIComponent(`${secretsFolder}/${secret}`)}`,
      cache_timeout: null,
      expose_in_sqllab: true,
      allow_run_async: false,
      allow_ctas: false,
      allow_cvas: false,
      allow_dml: false,
      allow_csv_upload: false,
      // The engine spec of libs/superset-extension makes of it that answers are kept by release.
      extra: { allows_virtual_table_explore: true, per_user_caching: true },
      impersonate_user: false,
      uuid: databaseUuid,
      version: '1.0.0',
    },
  };
}
