import { Failure, readSettings } from '@lakehouse/one-shot';
import { variables } from './settings.js';

describe('the settings', () => {
  it('has a value for everything', () => {
    expect(readSettings(variables, { S3_REGION: '' }, 'dqops-config')).toMatchObject({
      S3_ENDPOINT: 'http://minio:9000',
      S3_ACCESS_KEY: 'reader',
      QUERY_SERVER_HOST: 'query-server',
      QUERY_SERVER_USER: 'dqops',
      DQOPS_DAILY_CHECKS: 'off',
    });
  });

  it('tells all that is wrong', () => {
    const wrong = { QUERY_SERVER_PORT: 'thrift', DQOPS_DAILY_CHECKS: 'at noon', S3_PATH_STYLE: 'yes' };
    try {
      readSettings(variables, wrong, 'dqops-config');
      throw new Error('It took them.');
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      for (const name of Object.keys(wrong)) expect((error as Failure).message).toContain(name);
    }
  });
});
