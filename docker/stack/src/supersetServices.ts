import { type Service } from '@lakehouse/compose';
import { addressOf, databaseRoles, endpoints, queryUsers, supersetIdentity } from '@lakehouse/connections';
import { publishedAddress, publishedPorts } from './settings.js';
import { service } from './service.js';

const environment = { SUPERSET_DATABASE: addressOf(endpoints.postgres) };
const secrets = [databaseRoles.superset.secret, supersetIdentity.signing.secret];
const part = 'superset';

/** Dashboards on published tables. */
export const supersetServices: readonly Service[] = [
  service('superset-init', {
    app: 'superset',
    command: ['python3', '-m', 'lakehouse_superset.initialise'],
    networks: ['metadata'],
    environment,
    secrets: [...secrets, supersetIdentity.admin.secret],
    after: { postgres: 'healthy' },
    kind: 'task',
    profile: part,
  }),
  service('superset', {
    networks: ['metadata', 'compute', 'web'],
    environment,
    secrets: [...secrets, queryUsers.bi.secret],
    mounts: [{ source: 'superset-files', target: '/var/lib/superset' }],
    temporary: { '/tmp': 128 },
    ports: [{ address: publishedAddress, host: publishedPorts.superset, container: endpoints.superset.port }],
    after: { 'superset-init': 'completed' },
    profile: part,
  }),
  service('superset-bootstrap', {
    networks: ['web'],
    secrets: [supersetIdentity.admin.secret],
    kind: 'task',
    // Started for one plan at a time, never with the rest.
    profile: 'command',
  }),
];
