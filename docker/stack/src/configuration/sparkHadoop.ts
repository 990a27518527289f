import { addressOf, endpoints } from '@lakehouse/connections';
import { type Properties } from '@lakehouse/formats';
import { objectStoreProperties } from './objectStoreProperties.js';

/** core-site.xml of Spark; the identity comes when a container starts. */
export const sparkCoreSite: Properties = {
  ...objectStoreProperties,
  'fs.s3a.buffer.dir': { value: '${env.SPARK_LOCAL_DIRS:-/scratch/tmp}/s3a', because: 'Parts of an upload wait here.' },
};

/** hive-site.xml of Spark: the way to the catalog, and the login of the Thrift Server. */
export const sparkHiveSite: Properties = {
  'hive.metastore.uris': `thrift://${addressOf(endpoints.metastore)}`,
  'hive.metastore.connect.retries': { value: '20', because: 'A metastore that starts anew is back within seconds.' },
  'hive.metastore.client.connect.retry.delay': '1s',
  'hive.metastore.client.socket.timeout': {
    value: '60s',
    because:
      'One that lost its power closes no connection, and may come back at another address. The default waits 10 minutes.',
  },
  'hive.server2.authentication': {
    value: 'CUSTOM',
    because: 'The Thrift Server reads its login from this file alone.',
  },
  'hive.server2.custom.authentication.class': 'dev.lakehouse.guard.Login',
  'hive.server2.thrift.port': String(endpoints.thrift.port),
  'hive.server2.enable.doAs': 'false',
};
