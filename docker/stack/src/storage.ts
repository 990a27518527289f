import { type Service } from '@lakehouse/compose';
import { endpoints, objectStoreIdentities, databaseRoles } from '@lakehouse/connections';
import { objectStoreRoot, objectStoreSettings } from './objectStoreSettings.js';
import { publishedAddress, publishedPorts } from './settings.js';
import { service } from './service.js';

const { root, ...others } = objectStoreIdentities;

/** Where the bytes are: the object store, what sets it up, and the database of all that is no data. */
export const storage: readonly Service[] = [
  service('minio', {
    networks: ['storage', 'web'],
    environment: {
      MINIO_ROOT_USER: root.name,
      MINIO_ROOT_PASSWORD_FILE: `/run/secrets/${root.secret}`,
      MINIO_REGION: objectStoreSettings.S3_REGION,
    },
    secrets: [root.secret],
    mounts: [{ source: 'minio-data', target: '/data' }],
    ports: [
      { address: publishedAddress, host: publishedPorts.objectStore, container: endpoints.objectStore.port },
      {
        address: publishedAddress,
        host: publishedPorts.objectStoreConsole,
        container: endpoints.objectStoreConsole.port,
      },
    ],
  }),
  service('minio-init', {
    networks: ['storage'],
    environment: { ...objectStoreSettings, S3_ROOT_USER: objectStoreRoot },
    secrets: [root.secret, ...Object.values(others).map(({ secret }) => secret)],
    after: { minio: 'healthy' },
    kind: 'task',
  }),
  service('postgres', {
    networks: ['metadata'],
    secrets: Object.values(databaseRoles).map(({ secret }) => secret),
    mounts: [{ source: 'postgres-data', target: '/var/lib/postgresql/data' }],
    temporary: { '/tmp': 64, '/run/lakehouse': 16 },
  }),
];
