import {
  CreateBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type BucketLocationConstraint,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type BucketChange } from '../reconcile/change.js';
import { type LeftOut } from '../reconcile/result.js';
import { errorKind } from './errorKind.js';

/** The one region that S3 does not want to be told. */
const regionByDefault = 'us-east-1';

/** What became of a change: `done` may be less than was asked for, `leftOut` says what is missing. */
export interface Outcome {
  readonly done?: BucketChange;
  readonly leftOut?: LeftOut;
}

/** Makes the change as far as the store can. */
export async function applyBucketChange(store: S3Client, region: string, change: BucketChange): Promise<Outcome> {
  try {
    await apply(store, region, change);
    return { done: change };
  } catch (error) {
    if (!['unsupported', 'malformed'].includes(errorKind(error))) throw error;
    if (change.kind === 'create' && change.lockable) {
      const done = { ...change, lockable: false };
      await apply(store, region, done);
      return { done, leftOut: withoutLock(change.bucket) };
    }
    const left = leftOut(change);
    if (left === undefined) throw error;
    return { leftOut: left };
  }
}

async function apply(store: S3Client, region: string, change: BucketChange): Promise<void> {
  const bucket = { Bucket: change.bucket };
  switch (change.kind) {
    case 'create':
      await store.send(
        new CreateBucketCommand({
          ...bucket,
          ObjectLockEnabledForBucket: change.lockable,
          ...(region === regionByDefault
            ? {}
            : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } }),
        }),
      );
      return;
    case 'lockable':
      await store.send(
        new PutObjectLockConfigurationCommand({
          ...bucket,
          ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
        }),
      );
      return;
    case 'versioning': {
      const Status = change.on ? 'Enabled' : 'Suspended';
      await store.send(new PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status } }));
      return;
    }
    case 'lifecycle':
      await store.send(
        change.rules.length === 0
          ? new DeleteBucketLifecycleCommand(bucket)
          : new PutBucketLifecycleConfigurationCommand({
              ...bucket,
              LifecycleConfiguration: { Rules: [...change.rules] },
            }),
      );
      return;
    case 'closeToOthers':
      await store.send(new DeleteBucketPolicyCommand(bucket));
  }
}

function leftOut(change: BucketChange): LeftOut | undefined {
  switch (change.kind) {
    case 'lockable':
      return withoutLock(change.bucket);
    case 'lifecycle':
      return {
        what: `${change.bucket}: lifecycle rules`,
        instead: `Have the store do what they say, or remove it by hand: ${JSON.stringify(change.rules)}`,
      };
    case 'versioning':
      return change.on
        ? {
            what: `${change.bucket}: versioning`,
            instead: 'Back the bucket up, as nothing brings a deleted object back.',
          }
        : undefined;
    case 'create':
    case 'closeToOthers':
      return undefined;
  }
}

function withoutLock(bucket: string): LeftOut {
  return {
    what: `${bucket}: object lock`,
    instead:
      'The store allows it to new buckets only, or not at all. Nothing depends on it; to have it, make the bucket anew.',
  };
}
