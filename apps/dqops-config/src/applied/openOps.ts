import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { type Settings } from '../settings.js';
import { type ReadObject } from './readAppliedPlan.js';

/** How objects of the bucket ops are read, as the identity of the settings. */
export function openOps(settings: Settings, secretAccessKey: string): ReadObject {
  const store = new S3Client({
    endpoint: settings.S3_ENDPOINT,
    region: settings.S3_REGION,
    forcePathStyle: settings.S3_PATH_STYLE === 'true',
    credentials: { accessKeyId: settings.S3_ACCESS_KEY, secretAccessKey },
    maxAttempts: 5,
    // Stores other than S3 itself stumble over checksums that they did not ask for.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  });
  return async (path) => {
    try {
      const answer = await store.send(new GetObjectCommand({ Bucket: settings.OPS_BUCKET, Key: path }));
      return (await answer.Body?.transformToString()) ?? '';
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error;
    }
  };
}
