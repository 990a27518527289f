import { type Service, type Stack, type Value } from '@lakehouse/compose';
import {
  addressOf,
  airflowSecrets,
  databaseRoles,
  endpoints,
  objectStoreIdentities,
  urlOf,
} from '@lakehouse/connections';
import { pipelineAccess, sourceFiles } from './pipelineServices.js';
import { objectStoreSettings } from './objectStoreSettings.js';
import { service } from './service.js';
import { projectName, publishedAddress, publishedPorts, setting } from './settings.js';
import { stack } from './stack.js';

const { airflow: identity, pipeline } = objectStoreIdentities;
const { airflow: role, lakehouse } = databaseRoles;

/** What every process of Airflow is given. */
const environment: Readonly<Record<string, Value>> = {
  ...objectStoreSettings,
  LAKEHOUSE_AIRFLOW_S3_ACCESS_KEY: identity.name,
  AIRFLOW_API: urlOf(endpoints.airflow),
  AIRFLOW_DATABASE: addressOf(endpoints.postgres),
  AIRFLOW_PARALLELISM: setting('LAKEHOUSE_AIRFLOW_TASKS'),
};
const secrets = [role.secret, airflowSecrets.key, identity.secret];
const temporary = { '/tmp': 256 };
const logs = { source: 'airflow-logs', target: '/opt/airflow/logs' };
const bundles = { source: 'airflow-bundles', target: '/opt/airflow/bundles' };
const migrated = { 'airflow-init': 'completed' } as const;

function airflow(
  name: Parameters<typeof service>[0],
  stated: Partial<Service> & Pick<Service, 'command' | 'networks'>,
): Service {
  return service(name, {
    app: 'airflow-dags',
    temporary,
    after: migrated,
    ...stated,
    environment: { ...environment, ...stated.environment },
    secrets: [...new Set([...secrets, ...(stated.secrets ?? [])])],
  });
}

const services: readonly Service[] = [
  airflow('airflow-init', { command: ['prepare'], networks: ['metadata'], after: {}, kind: 'task' }),
  airflow('airflow-api-server', {
    command: ['api-server'],
    networks: ['airflow', 'metadata', 'storage', 'web'],
    secrets: [airflowSecrets.admin],
    mounts: [logs],
    ports: [{ address: publishedAddress, host: publishedPorts.airflow, container: endpoints.airflow.port }],
  }),
  airflow('airflow-scheduler', {
    // Logs are on a volume that the API server reads too.
    command: ['scheduler', '--skip-serve-logs'],
    networks: ['airflow', ...pipelineAccess.networks],
    environment: pipelineAccess.environment,
    secrets: pipelineAccess.secrets,
    mounts: [...pipelineAccess.mounts, bundles, logs],
    // Tasks in mid-work interrupt it in Spark before they end.
    stopSeconds: 60,
  }),
  airflow('airflow-dag-processor', {
    command: ['dag-processor'],
    networks: ['airflow', 'metadata', 'storage'],
    // It notes in the ledger what became of a task that was killed.
    environment: { LAKEHOUSE_LEDGER_HOST: endpoints.postgres.host, LAKEHOUSE_S3_ACCESS_KEY: pipeline.name },
    secrets: [lakehouse.secret, pipeline.secret],
    mounts: [bundles, logs],
  }),
  airflow('airflow-triggerer', {
    command: ['triggerer', '--skip-serve-logs'],
    networks: ['airflow', 'metadata', 'storage'],
    environment: { LAKEHOUSE_WORKSPACE: '/workspace' },
    secrets: ['connections'],
    // It sees files arrive.
    mounts: [...sourceFiles, logs],
  }),
];

/** Airflow: every service that docker-compose-airflow.yaml starts beside the platform. */
export const airflowStack: Stack = {
  services,
  networks: ['airflow'],
  volumes: ['airflow-bundles', 'airflow-logs'],
  joined: { project: projectName, networks: stack.networks, volumes: ['demo-files'] },
  secretsFolder: stack.secretsFolder,
};
