import { type Variable } from '@lakehouse/compose';
import { endpoints, objectStoreIdentities, urlOf } from '@lakehouse/connections';

/** How services reach the object store: the platform's own MinIO, unless the env file names another S3 store. */
export const objectStoreSettings = {
  S3_ENDPOINT: { variable: 'LAKEHOUSE_S3_ENDPOINT', fallback: urlOf(endpoints.objectStore) },
  S3_REGION: { variable: 'LAKEHOUSE_S3_REGION', fallback: 'us-east-1' },
  S3_PATH_STYLE: { variable: 'LAKEHOUSE_S3_PATH_STYLE', fallback: 'true' },
} as const satisfies Record<string, Variable>;

/** Who may make buckets there. */
export const objectStoreRoot: Variable = {
  variable: 'LAKEHOUSE_S3_ROOT_USER',
  fallback: objectStoreIdentities.root.name,
};
