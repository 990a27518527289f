import { type Service } from '@lakehouse/compose';
import { databaseRoles, endpoints, objectStoreIdentities, queryUsers, sparkSecrets } from '@lakehouse/connections';
import { objectStoreSettings } from './objectStoreSettings.js';
import { heap, publishedAddress, publishedPorts, setting } from './settings.js';
import { service } from './service.js';

const { pipeline, metastore, history } = objectStoreIdentities;
const temporary = { '/tmp': 256, '/run/lakehouse': 16 };
// Shuffle files are large: they go to the disk, not to memory. Each container has a folder of its own in it.
const mounts = [{ source: 'spark-scratch', target: '/scratch' }];

/** The catalog, the cluster, and the one application that answers queries and runs pipelines. */
export const sparkServices: readonly Service[] = [
  service('hive-metastore', {
    networks: ['storage', 'metadata', 'compute'],
    environment: { ...objectStoreSettings, METASTORE_HEAP: heap('hive-metastore') },
    secrets: [databaseRoles.metastore.secret, metastore.secret],
    temporary,
    after: { postgres: 'healthy', 'minio-init': 'completed' },
  }),
  service('spark-master', {
    app: 'spark',
    command: ['master'],
    networks: ['compute', 'web'],
    environment: { SPARK_DAEMON_MEMORY: heap('spark-master') },
    secrets: [sparkSecrets.authentication],
    mounts,
    temporary,
    ports: [
      { address: publishedAddress, host: publishedPorts.sparkMasterPage, container: endpoints.sparkMasterPage.port },
    ],
  }),
  service('spark-worker', {
    app: 'spark',
    command: ['worker'],
    networks: ['compute', 'storage'],
    environment: {
      ...objectStoreSettings,
      SPARK_DAEMON_MEMORY: heap('spark-worker'),
      SPARK_WORKER_CORES: setting('LAKEHOUSE_WORKER_CORES'),
      SPARK_WORKER_MEMORY: setting('LAKEHOUSE_EXECUTOR_HEAP'),
    },
    secrets: [sparkSecrets.authentication, pipeline.secret],
    mounts,
    temporary,
    after: { 'spark-master': 'healthy' },
    replicas: setting('LAKEHOUSE_WORKERS'),
  }),
  service('query-server', {
    app: 'spark',
    command: ['query-server'],
    networks: ['compute', 'storage', 'quality', 'web'],
    environment: {
      ...objectStoreSettings,
      SPARK_DRIVER_MEMORY: heap('query-server'),
      SPARK_EXECUTOR_MEMORY: setting('LAKEHOUSE_EXECUTOR_HEAP'),
      SPARK_EXECUTOR_CORES: setting('LAKEHOUSE_WORKER_CORES'),
      SPARK_CORES_MAX: setting('LAKEHOUSE_QUERY_CORES'),
      SPARK_DRIVER_GC: setting('LAKEHOUSE_QUERY_COLLECTOR'),
      SPARK_EVENT_LOG: setting('LAKEHOUSE_EVENT_LOG'),
    },
    secrets: [
      sparkSecrets.authentication,
      sparkSecrets.connectToken,
      pipeline.secret,
      ...Object.values(queryUsers).map(({ secret }) => secret),
    ],
    mounts,
    temporary,
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
    environment: { ...objectStoreSettings, SPARK_DAEMON_MEMORY: heap('history-server') },
    secrets: [history.secret],
    mounts,
    temporary,
    ports: [{ address: publishedAddress, host: publishedPorts.historyPage, container: endpoints.historyPage.port }],
    // Whose event logs it shows: it ends where their folder is not there.
    after: { 'query-server': 'healthy' },
    profile: 'history',
  }),
];
