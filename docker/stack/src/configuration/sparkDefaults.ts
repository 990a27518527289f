import { addressOf, endpoints } from '@lakehouse/connections';
import { type Properties } from '@lakehouse/formats';
import { type Versions } from '../versions.js';
import { warehouse } from './objectStoreProperties.js';

const eventLogs = 's3a://logs/spark-events';
const scratch = '/scratch';

/** spark-defaults.conf: what holds for every role. Secrets, memory and cores come when a container starts. */
export function sparkDefaults({ metastore }: Versions): Properties {
  return {
    'spark.master': `spark://${addressOf(endpoints.sparkMaster)}`,
    'spark.app.name': endpoints.thrift.host,
    'spark.plugins': 'org.apache.spark.sql.connect.SparkConnectPlugin',
    'spark.connect.grpc.binding.port': String(endpoints.connect.port),
    'spark.authenticate': 'true',
    ...catalog(metastore),
    ...sql,
    ...scheduling,
    ...cluster,
    ...pages,
  };
}

function catalog(metastore: string): Properties {
  return {
    'spark.sql.extensions': 'io.delta.sql.DeltaSparkSessionExtension,dev.lakehouse.guard.GuardExtensions',
    'spark.sql.catalog.spark_catalog': 'org.apache.spark.sql.delta.catalog.DeltaCatalog',
    'spark.sql.catalogImplementation': 'hive',
    'spark.sql.hive.metastore.version': metastore,
    'spark.sql.hive.metastore.jars': 'path',
    'spark.sql.hive.metastore.jars.path': 'file:///opt/spark/hive-client/*.jar',
    'spark.sql.warehouse.dir': warehouse,
  };
}

const sql: Properties = {
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.shuffle.partitions': '8',
  'spark.sql.adaptive.coalescePartitions.parallelismFirst': 'false',
  'spark.sql.parquet.compression.codec': 'zstd',
  'spark.databricks.delta.snapshotPartitions': '2',
  'spark.sql.sources.parallelPartitionDiscovery.parallelism': {
    value: '16',
    because: 'VACUUM spreads its list of files over so many tasks, 10000 unless told otherwise.',
  },
};

const scheduling: Properties = {
  'spark.scheduler.mode': 'FAIR',
  'spark.scheduler.allocation.file': 'file:///opt/lakehouse/conf/fairscheduler.xml',
  'spark.sql.thriftserver.scheduler.pool': 'bi',
  'spark.driver.maxResultSize': '256m',
};

const cluster: Properties = {
  'spark.deploy.recoveryMode': 'FILESYSTEM',
  'spark.deploy.recoveryDirectory': `${scratch}/recovery`,
  'spark.deploy.recoveryTimeout': '10',
  'spark.deploy.maxExecutorRetries': '-1',
  'spark.worker.cleanup.enabled': 'true',
  'spark.executor.extraJavaOptions': `-Djava.io.tmpdir=${scratch}/tmp -XX:+UseParallelGC -Xms128m -XX:+ExitOnOutOfMemoryError`,
};

const pages: Properties = {
  'spark.ui.killEnabled': 'false',
  'spark.ui.showConsoleProgress': 'false',
  'spark.ui.retainedJobs': '200',
  'spark.ui.retainedStages': '200',
  'spark.ui.retainedTasks': '5000',
  'spark.sql.ui.retainedExecutions': '100',
  'spark.redaction.regex': '(?i)secret|password|token|access[.]?key',
  'spark.eventLog.dir': eventLogs,
  'spark.eventLog.rolling.enabled': 'true',
  'spark.eventLog.rolling.maxFileSize': {
    value: '10m',
    because: 'S3 shows a file when it is closed: a small one is seen sooner.',
  },
  'spark.history.fs.logDirectory': eventLogs,
  'spark.history.ui.port': String(endpoints.historyPage.port),
};
