/** Who acts on the object store: the access key id, and the secret that holds its key. */
export const objectStoreIdentities = {
  root: { name: 'lakehouse-root', secret: 'minio-root-password' },
  pipeline: { name: 'pipeline', secret: 's3-pipeline' },
  metastore: { name: 'metastore', secret: 's3-metastore' },
  reader: { name: 'reader', secret: 's3-reader' },
  backup: { name: 'backup', secret: 's3-backup' },
  history: { name: 'history', secret: 's3-history' },
  airflow: { name: 'airflow', secret: 's3-airflow' },
} as const;

/** Who owns what in PostgreSQL: a role with the database of the same name, and the secret that holds its password. */
export const databaseRoles = {
  admin: { name: 'postgres', secret: 'postgres-admin' },
  metastore: { name: 'metastore', secret: 'postgres-metastore' },
  lakehouse: { name: 'lakehouse', secret: 'postgres-lakehouse' },
  sources: { name: 'sources', secret: 'postgres-sources' },
  airflow: { name: 'airflow', secret: 'postgres-airflow' },
  superset: { name: 'superset', secret: 'postgres-superset' },
} as const;

/** Who may ask the query server over Thrift, and in which schemas. */
export const queryUsers = {
  bi: { name: 'bi', secret: 'thrift-bi', schemas: ['gold', 'ops'] },
  dqops: { name: 'dqops', secret: 'thrift-dqops', schemas: ['silver', 'staging', 'gold', 'ops'] },
  operator: { name: 'operator', secret: 'thrift-operator', schemas: ['silver', 'staging', 'gold', 'ops'] },
} as const;

/** What the parts of Spark know each other by, and what a pipeline shows to Spark Connect. */
export const sparkSecrets = { authentication: 'spark-authentication', connectToken: 'connect-token' } as const;

/** Airflow's account, and what its keys are derived from: those that sign tokens and those that close what its database keeps. */
export const airflowSecrets = { admin: 'airflow-admin', key: 'airflow-key' } as const;

/** Who logs in to Airflow. */
export const airflowUser = { name: 'admin', secret: airflowSecrets.admin } as const;
/** Superset's first user, and the key by which it signs sessions. */
export const supersetIdentity = {
  admin: { name: 'admin', secret: 'superset-admin' },
  signing: { secret: 'superset-secret-key' },
} as const;

/** Names of all secrets: one file each, which only the services that need it can read. */
export const secretNames: readonly string[] = [
  ...Object.values(objectStoreIdentities).map(({ secret }) => secret),
  ...Object.values(databaseRoles).map(({ secret }) => secret),
  ...Object.values(queryUsers).map(({ secret }) => secret),
  ...Object.values(sparkSecrets),
  ...Object.values(airflowSecrets),
  ...Object.values(supersetIdentity).map(({ secret }) => secret),
];
