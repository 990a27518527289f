import { Failure, reason } from '@lakehouse/one-shot';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Settings } from '../settings.js';
import { errorKind } from './errorKind.js';
import { openStore, type Credentials } from './openStore.js';

const pauseMs = 1_000;
const tellEveryMs = 5_000;

/** Returns when the store answers the root user; fails when it has not done so in time, or does not accept its key. */
export async function waitForStore(settings: Settings, root: Credentials, tell: (line: string) => void): Promise<void> {
  const { S3_ENDPOINT: endpoint, OBJECT_STORE_WAIT_SECONDS: limit } = settings;
  const store = openStore(settings, root, { attempts: 1, answerMs: 5_000 });
  const start = Date.now();
  let told = start;
  for (;;) {
    const error = await failureOf(store.send(new ListBucketsCommand({})));
    if (error === undefined || errorKind(error) === 'denied') return;
    if (errorKind(error) !== 'unreachable') throw refusal(error, settings, root);
    const now = Date.now();
    const seconds = Math.round((now - start) / 1_000);
    if (seconds >= limit) throw silence(error, endpoint, seconds);
    if (now - told >= tellEveryMs) {
      told = now;
      tell(`waiting for ${endpoint}: ${reason(error)} (${seconds} s of ${limit} s)`);
    }
    await sleep(pauseMs);
  }
}

async function failureOf(request: Promise<unknown>): Promise<unknown> {
  try {
    await request;
    return undefined;
  } catch (error) {
    return error;
  }
}

function silence(error: unknown, endpoint: string, seconds: number): Failure {
  return new Failure(
    'LH4103',
    endpoint,
    `The object store did not answer within ${seconds} s: ${reason(error)}`,
    'See whether it runs and is healthy, and whether S3_ENDPOINT names it; a slower one gets more time by OBJECT_STORE_WAIT_SECONDS.',
  );
}

function refusal(error: unknown, { S3_ENDPOINT: endpoint }: Settings, { accessKeyId }: Credentials): Failure {
  switch (errorKind(error)) {
    case 'unknownUser':
    case 'wrongKey':
      return new Failure(
        'LH4104',
        endpoint,
        `The object store refuses the root user ${accessKeyId}: ${reason(error)}`,
        'Its password has to be the one that the store was started with: MinIO reads it at each start, so restart it after a change.',
      );
    default:
      return new Failure(
        'LH4103',
        endpoint,
        `What answers there does not answer as an object store: ${reason(error)}`,
        'See whether S3_ENDPOINT is the address of the S3 interface, S3_REGION its region, and its certificate trusted.',
      );
  }
}
