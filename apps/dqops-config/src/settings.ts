import { endpoints, objectStoreIdentities, queryUsers, urlOf } from '@lakehouse/connections';
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

/** Each setting by its environment variable. */
export const variables = z.object({
  S3_ENDPOINT: z.string().min(1).default(urlOf(endpoints.objectStore)),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_PATH_STYLE: z.enum(['true', 'false']).default('true'),
  S3_ACCESS_KEY: z.string().min(1).default(objectStoreIdentities.reader.name),
  S3_SECRET: z.string().min(1).default(objectStoreIdentities.reader.secret),
  OPS_BUCKET: z.string().min(1).default('ops'),
  QUERY_SERVER_HOST: z.string().min(1).default(endpoints.thrift.host),
  QUERY_SERVER_PORT: port.default(endpoints.thrift.port),
  QUERY_SERVER_USER: z.string().min(1).default(queryUsers.dqops.name),
  QUERY_SERVER_SECRET: z.string().min(1).default(queryUsers.dqops.secret),
  /** A cron expression by which DQOps starts the daily checks; `off` where Airflow does. */
  DQOPS_DAILY_CHECKS: z
    .string()
    .regex(/^(\S+ ){4}\S+$/, 'is no cron expression of five fields')
    .or(z.literal('off'))
    .default('off'),
  /** URLs that are told of incidents, separated by commas. */
  DQOPS_NOTIFY: z.string().default(''),
  DQOPS_HOME: z.string().min(1).default('/dqo/userhome'),
  SECRETS_FOLDER: z.string().min(1).default('/run/secrets'),
});

export type Settings = z.infer<typeof variables>;
