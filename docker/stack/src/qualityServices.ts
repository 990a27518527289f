import { type Service } from '@lakehouse/compose';
import { databaseRoles, endpoints, objectStoreIdentities, queryUsers, urlOf } from '@lakehouse/connections';
import { objectStoreSettings } from './objectStoreSettings.js';
import { service } from './service.js';
import { incidentWebhook, setting } from './settings.js';

const { reader } = objectStoreIdentities;
const { lakehouse } = databaseRoles;
const receiver = `http://127.0.0.1:${endpoints.incidentReceiver.port}`;
const home = { source: 'dqops-home', target: '/dqo/userhome' };
const health = `http://127.0.0.1:${endpoints.dqops.port}/api/ishealthy`;

/** What watches the tables: the image of DQOps as it is, what writes its configuration, and who hears of incidents. */
export const qualityServices: readonly Service[] = [
  // DQOps tells it of its incidents; it tells the rest of the world of all of them, those of failed audits too.
  service('incident-receiver', {
    app: 'pipeline-runner',
    command: ['receive-incidents'],
    networks: ['metadata', 'quality'],
    environment: {
      LAKEHOUSE_LEDGER_HOST: endpoints.postgres.host,
      LAKEHOUSE_INCIDENT_WEBHOOK: incidentWebhook,
    },
    secrets: [lakehouse.secret],
    after: { postgres: 'healthy' },
    healthCheck: {
      command: ['python3', '-c', `import urllib.request; urllib.request.urlopen('${receiver}/health', timeout=5)`],
      everySeconds: 30,
      startSeconds: 60,
    },
  }),
  service('dqops-config', {
    networks: ['storage'],
    environment: {
      ...objectStoreSettings,
      S3_ACCESS_KEY: reader.name,
      DQOPS_DAILY_CHECKS: setting('LAKEHOUSE_DQOPS_DAILY_CHECKS'),
      DQOPS_NOTIFY: `${urlOf(endpoints.incidentReceiver)}/incidents`,
    },
    secrets: [reader.secret, queryUsers.dqops.secret],
    mounts: [home],
    after: { 'minio-init': 'completed' },
    kind: 'task',
    profile: 'dqops',
  }),
  service('dqops', {
    image: 'dqops/dqo:1.13.1',
    command: ['--silent', '--headless', 'run'],
    // Its REST API has no login and lets everybody do all: nothing but the gate and the query server is in its network.
    networks: ['quality'],
    environment: {
      DQO_CLOUD_START_WITHOUT_API_KEY: 'true',
      DQO_SCHEDULER_ENABLE_CLOUD_SYNC: 'false',
      DQO_USER_INITIALIZE_DEFAULT_CLOUD_CREDENTIALS: 'false',
      DQO_SECRETS_ENABLE_GCP_SECRET_MANAGER: 'false',
      // Nothing is there.
      DQO_CLOUD_UI_BASE_URL: 'http://127.0.0.1:9',
      DQO_CLOUD_REST_API_BASE_URL: 'http://127.0.0.1:9',
      // Beside the JVM, helpers in Python evaluate the rules.
      DQO_JAVA_OPTS: `-XX:MaxRAMPercentage=60.0 -XX:+ExitOnOutOfMemoryError -Djava.io.tmpdir=${home.target}/.lakehouse/tmp`,
      // Else it installs packages at its start, into its own image and from a registry.
      DQO_PYTHON_USE_HOST_PYTHON: 'true',
      PATH: '/dqo/home/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      PYTHONDONTWRITEBYTECODE: '1',
    },
    mounts: [home],
    temporary: { '/tmp': 128 },
    after: { 'dqops-config': 'completed', 'query-server': 'healthy' },
    profile: 'dqops',
    // The image itself would be root.
    user: true,
    healthCheck: {
      command: ['python3', '-c', `import urllib.request; urllib.request.urlopen('${health}', timeout=5)`],
      everySeconds: 10,
      startSeconds: 180,
    },
  }),
];
