import { type LifecycleRule } from '@aws-sdk/client-s3';
import { type DeclaredBucket } from './declaration.js';
import { type StoreKind } from './policyDocument.js';

/** Days after which the parts of an upload that was never completed are removed. */
const abortUploadsDays = 2;

/**
 * The lifecycle of a bucket.
 *
 * MinIO has no rule for uploads that were never completed: it removes their parts by itself, after a day.
 */
export function lifecycleRules(bucket: DeclaredBucket, store: StoreKind): readonly LifecycleRule[] {
  const { expireDays, expireOldVersionsDays } = bucket;
  const rules: readonly (Partial<LifecycleRule> | undefined)[] = [
    store === 's3'
      ? { ID: 'abandoned-uploads', AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortUploadsDays } }
      : undefined,
    expireDays === undefined ? undefined : { ID: 'old-objects', Expiration: { Days: expireDays } },
    expireOldVersionsDays === undefined
      ? undefined
      : {
          ID: 'old-versions',
          Expiration: { ExpiredObjectDeleteMarker: true },
          NoncurrentVersionExpiration: { NoncurrentDays: expireOldVersionsDays },
        },
  ];
  return rules
    .filter((rule) => rule !== undefined)
    .map((rule) => ({ ...rule, Status: 'Enabled', Filter: { Prefix: '' } }));
}
