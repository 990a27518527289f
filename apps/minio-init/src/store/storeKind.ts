import { Failure, reason } from '@lakehouse/one-shot';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StoreKind } from '../declaration/policyDocument.js';
import { type Settings } from '../settings.js';

const attempts = 5;
const pauseMs = 1_000;

/**
 * What the setting says, or what the store says of itself: MinIO names itself in every answer, and behind a proxy that hides
 * that, it alone is well at this address. No answer is no sign of another store.
 */
export async function storeKind({ OBJECT_STORE, S3_ENDPOINT }: Settings): Promise<StoreKind> {
  if (OBJECT_STORE !== 'auto') return OBJECT_STORE;
  const answer = await ask(new URL('/minio/health/live', S3_ENDPOINT), attempts);
  return answer.ok || (answer.headers.get('server') ?? '').startsWith('MinIO') ? 'minio' : 's3';
}

async function ask(address: URL, left: number): Promise<Response> {
  try {
    return await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    if (left > 1) {
      await sleep(pauseMs);
      return ask(address, left - 1);
    }
    throw new Failure(
      'LH4103',
      address.href,
      `The object store does not say whether it is MinIO: ${reason(error)}`,
      'See whether it is healthy, or set OBJECT_STORE to minio or s3.',
    );
  }
}
