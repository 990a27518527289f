import { addressOf, endpoints, supersetIdentity, urlOf } from '@lakehouse/connections';
import { z } from 'zod';

/** Each setting by its environment variable. */
export const variables = z.object({
  SUPERSET_URL: z
    .string()
    .regex(/^https?:\/\/[^/?#@]+$/, 'is no address such as http://superset:8088')
    .default(urlOf(endpoints.superset)),
  SUPERSET_USER: z.string().min(1).default(supersetIdentity.admin.name),
  SUPERSET_WAIT_SECONDS: z.coerce.number().int().min(0).max(3_600).default(60),
  QUERY_SERVER: z
    .string()
    .regex(/^[^/?#@:]+:\d+$/, 'is no address such as query-server:10000')
    .default(addressOf(endpoints.thrift)),
  QUERY_SERVER_SECRETS_FOLDER: z.string().min(1).default('/run/secrets'),
  SECRETS_FOLDER: z.string().min(1).default('/run/secrets'),
});

export type Settings = z.infer<typeof variables>;
