import { Failure } from '@lakehouse/one-shot';
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type ObservedBucket } from '../reconcile/planBucket.js';
import { errorKind, type ErrorKind } from './errorKind.js';

/** How a bucket is set up; undefined where there is none of this name. */
export async function observeBucket(store: S3Client, name: string): Promise<ObservedBucket | undefined> {
  const bucket = { Bucket: name };
  try {
    const head = await unless(['absent'], store.send(new HeadBucketCommand(bucket)));
    if (head === undefined) return undefined;
  } catch (error) {
    throw errorKind(error) === 'denied' ? foreign(name) : error;
  }
  const [versioning, lock, lifecycle, policy] = await Promise.all([
    unless(['unsupported'], store.send(new GetBucketVersioningCommand(bucket))),
    unless(['absent', 'unsupported'], store.send(new GetObjectLockConfigurationCommand(bucket))),
    unless(['absent', 'unsupported'], store.send(new GetBucketLifecycleConfigurationCommand(bucket))),
    unless(['absent', 'unsupported'], store.send(new GetBucketPolicyCommand(bucket))),
  ]);
  return {
    versioned: versioning?.Status === 'Enabled',
    lockable: lock?.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled',
    rules: lifecycle?.Rules ?? [],
    open: policy?.Policy !== undefined,
  };
}

/** What a request gives, or undefined where it fails in one of these ways. */
async function unless<T>(kinds: readonly ErrorKind[], request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (kinds.includes(errorKind(error))) return undefined;
    throw error;
  }
}

function foreign(name: string): Failure {
  return new Failure(
    'LH4105',
    name,
    'A bucket of this name exists in the store, and the root user may not look at it.',
    'Give the root user the bucket, or use a store in which the names of the buckets are free.',
  );
}
