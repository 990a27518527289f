import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { type Settings } from '../settings.js';
import { errorKind } from './errorKind.js';
import { openStore, type Credentials } from './openStore.js';

/** Whether the store accepts a secret key: what its owner may do does not matter. */
export async function keyWorks(settings: Settings, credentials: Credentials): Promise<boolean> {
  try {
    await openStore(settings, credentials).send(new ListBucketsCommand({}));
    return true;
  } catch (error) {
    const kind = errorKind(error);
    if (kind === 'denied') return true;
    if (kind === 'wrongKey' || kind === 'unknownUser') return false;
    throw error;
  }
}
