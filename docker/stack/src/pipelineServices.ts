import { type Mount, type Service } from '@lakehouse/compose';
import { addressOf, databaseRoles, endpoints, objectStoreIdentities, sparkSecrets } from '@lakehouse/connections';
import { objectStoreSettings } from './objectStoreSettings.js';
import { service } from './service.js';
import { setting } from './settings.js';

const { pipeline } = objectStoreIdentities;
const { lakehouse, sources } = databaseRoles;

/** Where the files of sources lie: those of the demo, those of the workspace (sources without a connection), those of the user. */
export const sourceFiles: readonly Mount[] = [
  { source: 'demo-files', target: '/sources', readOnly: true },
  { source: './libs/domains', target: '/workspace/libs/domains', readOnly: true },
  { source: { variable: 'LAKEHOUSE_FILES', fallback: './.lakehouse/files' }, target: '/files', readOnly: true },
];

/** What a pipeline reaches, and as whom; each service that runs one is given this. */
export const pipelineAccess = {
  networks: ['storage', 'metadata', 'compute', 'sources', 'quality'],
  environment: {
    ...objectStoreSettings,
    LAKEHOUSE_WORKSPACE: '/workspace',
    LAKEHOUSE_CONNECT: addressOf(endpoints.connect),
    LAKEHOUSE_S3_ACCESS_KEY: pipeline.name,
    LAKEHOUSE_LEDGER_HOST: endpoints.postgres.host,
    LAKEHOUSE_DQOPS: setting('LAKEHOUSE_DQOPS'),
    LAKEHOUSE_GOLD_IN_MEMORY: setting('LAKEHOUSE_GOLD_IN_MEMORY'),
  },
  secrets: [pipeline.secret, lakehouse.secret, sources.secret, sparkSecrets.connectToken, 'connections'],
  mounts: sourceFiles,
} as const;

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
    ...pipelineAccess,
    temporary: { '/tmp': 256 },
    kind: 'task',
    // Started for one command at a time, never with the rest.
    profile: 'command',
  }),
];
