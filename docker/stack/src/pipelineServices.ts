import { type Service } from '@lakehouse/compose';
import { addressOf, databaseRoles, endpoints, objectStoreIdentities, sparkSecrets } from '@lakehouse/connections';
import { objectStoreSettings } from './objectStoreSettings.js';
import { service } from './service.js';

const { pipeline } = objectStoreIdentities;
const { lakehouse, sources } = databaseRoles;

/** What a pipeline is run by, and the sources of the demo. */
export const pipelineServices: readonly Service[] = [
  service('demo-sources', {
    networks: ['metadata', 'sources'],
    environment: {
      DEMO_POSTGRESQL: `postgresql://${sources.name}@${addressOf(endpoints.postgres)}/${sources.name}?passwordFile=/run/secrets/${sources.secret}`,
    },
    secrets: [sources.secret],
    mounts: [{ source: 'demo-files', target: '/sources' }],
    after: { postgres: 'healthy' },
    profile: 'demo',
  }),
  service('pipeline-runner', {
    networks: ['storage', 'metadata', 'compute', 'sources'],
    environment: {
      ...objectStoreSettings,
      LAKEHOUSE_WORKSPACE: '/workspace',
      LAKEHOUSE_CONNECT: addressOf(endpoints.connect),
      LAKEHOUSE_S3_ACCESS_KEY: pipeline.name,
      LAKEHOUSE_LEDGER_HOST: endpoints.postgres.host,
    },
    secrets: [pipeline.secret, lakehouse.secret, sources.secret, sparkSecrets.connectToken, 'connections'],
    mounts: [
      { source: 'demo-files', target: '/sources', readOnly: true },
      // Sources without a connection are files of the workspace.
      { source: './libs/domains', target: '/workspace/libs/domains', readOnly: true },
      { source: { variable: 'LAKEHOUSE_FILES', fallback: './.lakehouse/files' }, target: '/files', readOnly: true },
    ],
    temporary: { '/tmp': 256 },
    kind: 'task',
    // Started for one command at a time, never with the rest.
    profile: 'command',
  }),
];
