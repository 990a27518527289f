import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type Right } from './expectedRights.js';

/** What a probe acts on: objects that were put there for it. */
export interface Target {
  readonly bucket: string;
  /** All keys of the test begin with it. */
  readonly prefix: string;
  /** A file of a table, and the version of it that was put there. */
  readonly file: string;
  readonly version: string | undefined;
}

export interface Probe {
  /** Any of these rights allows it. */
  readonly rights: readonly Right[];
  readonly run: (store: S3Client, target: Target) => Promise<unknown>;
}

const openToAll = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${bucket}/*`] },
    ],
  });

/** Every way to act on a bucket or its objects that is told apart, in the order in which they run. */
export const probes: Readonly<Record<string, Probe>> = {
  HeadBucket: probe(['list'], (store, { bucket }) => store.send(new HeadBucketCommand({ Bucket: bucket }))),
  GetBucketLocation: probe(['list'], (store, { bucket }) =>
    store.send(new GetBucketLocationCommand({ Bucket: bucket })),
  ),
  ListObjects: probe(['list'], (store, { bucket, prefix }) =>
    store.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix })),
  ),
  // MinIO takes the right to list objects for the right to list versions.
  ListObjectVersions: probe(['list'], (store, { bucket, prefix }) =>
    store.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix })),
  ),
  GetObject: probe(['read'], (store, { bucket, file }) =>
    store.send(new GetObjectCommand({ Bucket: bucket, Key: file })),
  ),
  GetObjectVersion: probe(['read'], (store, { bucket, file, version }) =>
    store.send(new GetObjectCommand({ Bucket: bucket, Key: file, VersionId: version })),
  ),
  HeadObject: probe(['read'], (store, { bucket, file }) =>
    store.send(new HeadObjectCommand({ Bucket: bucket, Key: file })),
  ),
  HeadFolder: probe(['read', 'folder'], (store, { bucket, prefix }) =>
    store.send(new HeadObjectCommand({ Bucket: bucket, Key: `${prefix}location` })),
  ),
  PutFolder: probe(['write', 'folder'], (store, { bucket, prefix }) =>
    store.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}table/`, Body: new Uint8Array() })),
  ),
  PutObject: probe(['write'], (store, { bucket, prefix }) =>
    store.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}new.parquet`, Body: 'new' })),
  ),
  PutObjectOver: probe(['write'], (store, { bucket, file }) =>
    store.send(new PutObjectCommand({ Bucket: bucket, Key: file, Body: 'changed' })),
  ),
  MultipartUpload: probe(['write'], async (store, { bucket, prefix }) => {
    const upload = { Bucket: bucket, Key: `${prefix}parts.parquet` };
    const { UploadId } = await store.send(new CreateMultipartUploadCommand(upload));
    await store.send(new AbortMultipartUploadCommand({ ...upload, UploadId }));
  }),
  GetBucketVersioning: probe(['setup'], (store, { bucket }) =>
    store.send(new GetBucketVersioningCommand({ Bucket: bucket })),
  ),
  GetBucketLifecycle: probe(['setup'], (store, { bucket }) =>
    store.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket })),
  ),
  GetObjectLockConfiguration: probe(['setup'], (store, { bucket }) =>
    store.send(new GetObjectLockConfigurationCommand({ Bucket: bucket })),
  ),
  GetBucketPolicy: probe(['nobody'], (store, { bucket }) => store.send(new GetBucketPolicyCommand({ Bucket: bucket }))),
  PutBucketPolicy: probe(['nobody'], (store, { bucket }) =>
    store.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: openToAll(bucket) })),
  ),
  DeleteBucketPolicy: probe(['nobody'], (store, { bucket }) =>
    store.send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
  ),
  PutBucketVersioning: probe(['nobody'], (store, { bucket }) =>
    store.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Suspended' } })),
  ),
  PutBucketLifecycle: probe(['nobody'], (store, { bucket }) =>
    store.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket: bucket,
        LifecycleConfiguration: {
          Rules: [{ ID: 'probe', Status: 'Enabled', Filter: { Prefix: 'none/' }, Expiration: { Days: 36_500 } }],
        },
      }),
    ),
  ),
  PutObjectLockConfiguration: probe(['nobody'], (store, { bucket }) =>
    store.send(
      new PutObjectLockConfigurationCommand({
        Bucket: bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
    ),
  ),
  PutObjectRetention: probe(['nobody'], (store, { bucket, file }) =>
    store.send(
      new PutObjectRetentionCommand({
        Bucket: bucket,
        Key: file,
        Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.now() + 60_000) },
      }),
    ),
  ),
  PutObjectTagging: probe(['nobody'], (store, { bucket, file }) =>
    store.send(
      new PutObjectTaggingCommand({ Bucket: bucket, Key: file, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }),
    ),
  ),
  CreateBucket: probe(['nobody'], (store, { bucket }) =>
    store.send(new CreateBucketCommand({ Bucket: `${bucket}-of-nobody` })),
  ),
  DeleteBucket: probe(['nobody'], (store, { bucket }) => store.send(new DeleteBucketCommand({ Bucket: bucket }))),
  DeleteObjectVersion: probe(['nobody'], (store, { bucket, file, version }) =>
    store.send(
      new DeleteObjectCommand({
        Bucket: bucket,
        Key: file,
        VersionId: version ?? 'null',
        BypassGovernanceRetention: true,
      }),
    ),
  ),
  DeleteObjectVersions: probe(['nobody'], (store, { bucket, file, version }) =>
    deleteMany(store, bucket, { Key: file, VersionId: version ?? 'null' }),
  ),
  DeleteObjects: probe(['delete'], (store, { bucket, prefix }) =>
    deleteMany(store, bucket, { Key: `${prefix}table/` }),
  ),
  DeleteObject: probe(['delete'], (store, { bucket, file }) =>
    store.send(new DeleteObjectCommand({ Bucket: bucket, Key: file })),
  ),
};

function probe(rights: readonly Right[], run: Probe['run']): Probe {
  return { rights, run };
}

/** S3 answers a deletion of several objects with success, and says of each whether it was refused. */
async function deleteMany(store: S3Client, bucket: string, object: { Key: string; VersionId?: string }): Promise<void> {
  const { Errors = [] } = await store.send(
    new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Objects: [object], Quiet: true },
      BypassGovernanceRetention: object.VersionId !== undefined,
    }),
  );
  const [error] = Errors;
  if (error !== undefined) throw Object.assign(new Error(error.Message), { name: error.Code });
}
