import { endpoints, objectStoreIdentities, urlOf } from '@lakehouse/connections';
import { z } from 'zod';

const days = z.coerce.number().int().min(1).max(36_500);

/** Each setting by its environment variable. */
export const variables = z.object({
  S3_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^/?#@]+\/?$/, 'is no address such as http://minio:9000')
    .default(urlOf(endpoints.objectStore)),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_PATH_STYLE: z.enum(['true', 'false']).default('true'),
  S3_ROOT_USER: z.string().min(1).default(objectStoreIdentities.root.name),
  OBJECT_STORE: z.enum(['auto', 'minio', 's3']).default('auto'),
  OBJECT_STORE_WAIT_SECONDS: z.coerce.number().int().min(0).max(3_600).default(60),
  LOG_RETENTION_DAYS: days.default(30),
  LANDING_VERSION_RETENTION_DAYS: days.default(30),
  SECRETS_FOLDER: z.string().min(1).default('/run/secrets'),
});

export type Settings = z.infer<typeof variables>;
