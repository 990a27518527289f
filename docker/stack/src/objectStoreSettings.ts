import { endpoints, urlOf } from '@lakehouse/connections';

/** How services reach the object store; any S3 store can stand in its place. */
export const objectStoreSettings = {
  S3_ENDPOINT: urlOf(endpoints.objectStore),
  S3_REGION: 'us-east-1',
  S3_PATH_STYLE: 'true',
} as const;
