import { type Settings } from './settings.js';

export const settings: Settings = {
  queryServer: { host: 'query-server', port: 10000 },
  user: 'dqops',
  credential: 'thrift-dqops',
  schedule: '0 12 * * *',
  notify: ['http://incidents:8099/incidents'],
};
