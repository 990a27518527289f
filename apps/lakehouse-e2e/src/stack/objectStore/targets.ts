import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type Target } from './probes.js';

/** Puts the objects that the probes act on. */
export async function putTarget(root: S3Client, bucket: string, prefix: string): Promise<Target> {
  const file = `${prefix}table/part-0.parquet`;
  const { VersionId } = await root.send(new PutObjectCommand({ Bucket: bucket, Key: file, Body: 'rows' }));
  await root.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}location`, Body: new Uint8Array() }));
  return { bucket, prefix, file, version: VersionId };
}

/** Removes everything below `prefix`, every version of it. */
export async function removeTargets(root: S3Client, bucket: string, prefix: string): Promise<void> {
  for (const { Key, VersionId } of await versionsBelow(root, bucket, prefix)) {
    await root.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId, BypassGovernanceRetention: true }));
  }
}

/** Every version and every deletion of the objects below `prefix`. */
export async function versionsBelow(
  root: S3Client,
  bucket: string,
  prefix: string,
): Promise<readonly { readonly Key?: string | undefined; readonly VersionId?: string | undefined }[]> {
  const found: ListObjectVersionsCommandOutput = await root.send(
    new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix }),
  );
  return [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])];
}
