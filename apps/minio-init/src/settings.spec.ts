import { Failure, readSettings } from '@lakehouse/one-shot';
import { variables } from './settings.js';

describe('the settings', () => {
  it('has a value for everything', () => {
    expect(readSettings(variables, { S3_REGION: '' }, 'minio-init')).toMatchObject({
      S3_ENDPOINT: 'http://minio:9000',
      S3_REGION: 'us-east-1',
      S3_ROOT_USER: 'lakehouse-root',
      OBJECT_STORE: 'auto',
      LOG_RETENTION_DAYS: 30,
    });
  });

  it('tells all that is wrong', () => {
    const wrong = { S3_ENDPOINT: 'minio:9000', OBJECT_STORE: 'disk', LOG_RETENTION_DAYS: '0', S3_PATH_STYLE: 'yes' };

    try {
      readSettings(variables, wrong, 'minio-init');
      throw new Error('It took them.');
    } catch (error) {
      expect(error).toBeInstanceOf(Failure);
      for (const name of Object.keys(wrong)) expect((error as Failure).message).toContain(name);
    }
  });
});
