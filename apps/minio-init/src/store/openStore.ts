import { S3Client } from '@aws-sdk/client-s3';
import { type Settings } from '../settings.js';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

type Address = Pick<Settings, 'S3_ENDPOINT' | 'S3_REGION' | 'S3_PATH_STYLE'>;

/** How much a client bears before it gives up. */
export interface Patience {
  readonly attempts: number;
  readonly answerMs: number;
}

/** A client that acts on the store with `credentials`. */
export function openStore(
  { S3_ENDPOINT, S3_REGION, S3_PATH_STYLE }: Address,
  credentials: Credentials,
  { attempts, answerMs }: Patience = { attempts: 3, answerMs: 15_000 },
): S3Client {
  return new S3Client({
    endpoint: S3_ENDPOINT,
    region: S3_REGION,
    forcePathStyle: S3_PATH_STYLE === 'true',
    credentials,
    maxAttempts: attempts,
    // Stores other than S3 itself stumble over checksums that they did not ask for.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, requestTimeout: answerMs, throwOnRequestTimeout: true },
  });
}
