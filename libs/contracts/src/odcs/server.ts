import { z } from 'zod';
import { customProperties, stableId } from './common.js';
import { uri } from './formats.js';
import { role } from './role.js';

const text = z.string();
const maybeText = text.optional();
const port = z.int();
const maybePort = port.optional();

const common = {
  id: stableId.optional(),
  server: text,
  description: maybeText,
  environment: maybeText,
  roles: z.array(role).optional(),
  customProperties: customProperties.optional(),
};

const located = { location: uri, format: maybeText, delimiter: maybeText };
const database = { host: text, port, database: text };
const databaseAnyPort = { host: text, port: maybePort, database: text };

const kind = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ ...common, type: z.literal(type), ...shape });

/** A server of the standard: which keys it has depends on its type. */
export const server = z.discriminatedUnion('type', [
  kind('api', { location: uri }),
  kind('athena', { stagingDir: uri, schema: text, catalog: maybeText, regionName: maybeText }),
  kind('azure', { ...located, format: text }),
  kind('bigquery', { project: text, dataset: text }),
  kind('clickhouse', database),
  kind('databricks', { host: maybeText, catalog: text, schema: text }),
  kind('denodo', { host: text, port, database: maybeText }),
  kind('dremio', { host: text, port, schema: maybeText }),
  kind('duckdb', { database: text, schema: maybeText }),
  kind('glue', { account: text, database: text, location: uri.optional(), format: maybeText }),
  kind('cloudsql', { ...database, schema: text }),
  kind('db2', { ...database, schema: maybeText }),
  kind('hive', databaseAnyPort),
  kind('impala', databaseAnyPort),
  kind('informix', databaseAnyPort),
  kind('kafka', { host: text, format: maybeText }),
  kind('kinesis', { region: maybeText, format: maybeText }),
  kind('local', { path: text, format: text }),
  kind('mysql', database),
  kind('oracle', { host: text, port, serviceName: text }),
  kind('postgresql', { ...database, schema: text }),
  kind('postgres', { ...database, schema: text }),
  kind('presto', { host: text, catalog: maybeText, schema: maybeText }),
  kind('pubsub', { project: text }),
  kind('redshift', { host: maybeText, database: text, schema: text, region: maybeText, account: maybeText }),
  kind('s3', { ...located, endpointUrl: uri.optional() }),
  kind('sftp', { ...located, location: uri.regex(/^sftp:\/\//, 'a URI that starts with `sftp://`') }),
  kind('snowflake', {
    host: maybeText,
    port: maybePort,
    account: text,
    database: text,
    schema: text,
    warehouse: maybeText,
  }),
  kind('sqlserver', { ...databaseAnyPort, schema: text }),
  kind('synapse', database),
  kind('trino', { host: text, port, catalog: text, schema: text }),
  kind('vertica', { ...database, schema: text }),
  kind('zen', databaseAnyPort),
  kind('custom', {
    account: maybeText,
    catalog: maybeText,
    database: maybeText,
    dataset: maybeText,
    delimiter: maybeText,
    endpointUrl: uri.optional(),
    format: maybeText,
    host: maybeText,
    location: uri.optional(),
    path: maybeText,
    port: maybePort,
    project: maybeText,
    region: maybeText,
    regionName: maybeText,
    schema: maybeText,
    serviceName: maybeText,
    stagingDir: maybeText,
    warehouse: maybeText,
    stream: maybeText,
  }),
]);
