import { endpoints, objectStoreIdentities } from '@lakehouse/connections';
import { type Properties } from '@lakehouse/formats';
import { objectStoreProperties, warehouse } from './objectStoreProperties.js';

/** metastore-site.xml: the catalog on its database; the passwords come when the container starts. */
export const metastoreSite: Properties = {
  'metastore.thrift.port': String(endpoints.metastore.port),
  'metastore.warehouse.dir': warehouse,
  'javax.jdo.option.ConnectionURL': {
    value:
      'jdbc:postgresql://${env.PGHOST}:${env.PGPORT}/${env.PGDATABASE}?connectTimeout=10&socketTimeout=60&tcpKeepAlive=true',
    because: 'A database that lost its power closes no connection.',
  },
  'javax.jdo.option.ConnectionDriverName': 'org.postgresql.Driver',
  'javax.jdo.option.ConnectionUserName': '${env.PGUSER}',
  'datanucleus.connectionPool.maxPoolSize': { value: '6', because: "Of each of the server's pools." },
  'metastore.server.min.threads': '4',
  'metastore.server.max.threads': '64',
  'metastore.task.threads.always': {
    value: 'org.apache.hadoop.hive.metastore.events.EventCleanerTask',
    because: 'The default names a class of Hive proper.',
  },
  'metastore.compactor.initiator.on': {
    value: 'false',
    because: "Spark's tables and transactions are Delta's: nothing to compact here.",
  },
  'metastore.compactor.cleaner.on': 'false',
  'metastore.async.log.enabled': { value: 'false', because: 'It would need the LMAX disruptor.' },
  'metastore.metrics.enabled': 'false',
  ...objectStoreProperties,
  'fs.s3a.access.key': objectStoreIdentities.metastore.name,
};
