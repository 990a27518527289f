import { type Service } from '@lakehouse/compose';
import { databaseRoles, endpoints, objectStoreIdentities, queryUsers, sparkSecrets } from '@lakehouse/connections';
import { heap, publishedAddress, publishedPorts, setting } from './settings.js';
import { service } from './service.js';

const { pipeline, metastore, history } = objectStoreIdentities;
const scratch = { '/tmp': 256, '/run/lakehouse': 16 };

/** The catalog, the cluster, and the one application that answers queries and runs pipelines. */
export const sparkServices: readonly Service[] = [
  service('hive-metastore', {
    networks: ['storage', 'metadata', 'compute'],
    environment: { METASTORE_HEAP: heap('hive-metastore') },
    secrets: [databaseRoles.metastore.secret, metastore.secret],
    temporary: scratch,
    after: { postgres: 'healthy', 'minio-init': 'completed' },
  }),
  service('spark-master', {
    app: 'spark',
    command: ['master'],
    networks: ['compute', 'web'],
    environment: { SPARK_DAEMON_MEMORY: heap('spark-master') },
    secrets: [sparkSecrets.authentication],
    temporary: scratch,
    ports: [
      { address: publishedAddress, host: publishedPorts.sparkMasterPage, container: endpoints.sparkMasterPage.port },
    ],
  }),
  service('spark-worker', {
    app: 'spark',
    command: ['worker'],
    networks: ['compute', 'storage'],
    environment: {
      SPARK_DAEMON_MEMORY: heap('spark-worker'),
      SPARK_WORKER_CORES: setting('LAKEHOUSE_WORKER_CORES'),
      SPARK_WORKER_MEMORY: setting('LAKEHOUSE_EXECUTOR_HEAP'),
    },
    secrets: [sparkSecrets.authentication, pipeline.secret],
    // Shuffle files are large: they go to the container's own disk, not to memory.
    mounts: [{ source: 'spark-scratch', target: '/scratch' }],
    temporary: scratch,
    after: { 'spark-master': 'healthy' },
    replicas: setting('LAKEHOUSE_WORKERS'),
  }),
  service('query-server', {
    app: 'spark',
    command: ['query-server'],
    networks: ['compute', 'storage', 'web'],
    environment: {
      SPARK_DRIVER_MEMORY: heap('query-server'),
      SPARK_EXECUTOR_MEMORY: setting('LAKEHOUSE_EXECUTOR_HEAP'),
      SPARK_EXECUTOR_CORES: setting('LAKEHOUSE_WORKER_CORES'),
      SPARK_CORES_MAX: setting('LAKEHOUSE_QUERY_CORES'),
    },
    secrets: [
      sparkSecrets.authentication,
      sparkSecrets.connectToken,
      pipeline.secret,
      ...Object.values(queryUsers).map(({ secret }) => secret),
    ],
    temporary: scratch,
    ports: [
      { address: publishedAddress, host: publishedPorts.thrift, container: endpoints.thrift.port },
      { address: publishedAddress, host: publishedPorts.queryServerPage, container: endpoints.queryServerPage.port },
    ],
    after: { 'hive-metastore': 'healthy', 'spark-master': 'healthy' },
    stopSeconds: 60,
  }),
  service('history-server', {
    app: 'spark',
    command: ['history-server'],
    networks: ['storage', 'web'],
    environment: { SPARK_DAEMON_MEMORY: heap('history-server') },
    secrets: [history.secret],
    temporary: scratch,
    ports: [{ address: publishedAddress, host: publishedPorts.historyPage, container: endpoints.historyPage.port }],
    after: { 'minio-init': 'completed' },
    profile: 'history',
  }),
];
