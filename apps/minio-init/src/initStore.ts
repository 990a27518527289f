import { Failure, readSecret, reason } from '@lakehouse/one-shot';
import { objectStoreIdentities } from '@lakehouse/connections';
import { declareStore } from './declaration/declareStore.js';
import { type Declaration } from './declaration/declaration.js';
import { identitiesByHand } from './identitiesByHand.js';
import { initBucket } from './initBucket.js';
import { initIdentities, type KeyedIdentity } from './initIdentities.js';
import { type Result } from './reconcile/result.js';
import { refused } from './refused.js';
import { type Settings } from './settings.js';
import { openStore } from './store/openStore.js';
import { storeKind } from './store/storeKind.js';
import { waitForStore } from './store/waitForStore.js';

/** Brings the object store to the declared state; each change is told when it is made. */
export async function initStore(settings: Settings, tell: (line: string) => void): Promise<Result> {
  const { S3_ENDPOINT, S3_REGION, S3_ROOT_USER, SECRETS_FOLDER } = settings;
  const declaration = declareStore({
    logDays: settings.LOG_RETENTION_DAYS,
    landingVersionDays: settings.LANDING_VERSION_RETENTION_DAYS,
  });
  const root = {
    accessKeyId: S3_ROOT_USER,
    secretAccessKey: await readSecret(SECRETS_FOLDER, objectStoreIdentities.root.secret),
  };
  await waitForStore(settings, root, tell);
  const kind = await storeKind(settings);
  tell(`${S3_ENDPOINT} is ${kind === 'minio' ? 'MinIO' : 'an S3 store'}`);
  const keyed = kind === 'minio' ? await withKeys(SECRETS_FOLDER, declaration) : [];

  const store = openStore(settings, root);
  const results: Result[] = [];
  for (const bucket of declaration.buckets) {
    results.push(await about(bucket.name, initBucket(store, kind, S3_REGION, bucket, tell)));
  }
  results.push(
    kind === 'minio'
      ? await about('identities', initIdentities(settings, root, keyed, tell))
      : { changes: 0, leftOut: identitiesByHand(declaration) },
  );
  return {
    changes: results.reduce((sum, { changes }) => sum + changes, 0),
    leftOut: results.flatMap(({ leftOut }) => leftOut),
  };
}

/** All secrets are read before anything is changed. */
function withKeys(folder: string, { identities }: Declaration): Promise<readonly KeyedIdentity[]> {
  return Promise.all(
    identities.map(async (declared) => ({ declared, key: await readSecret(folder, declared.secret) })),
  );
}

/** An error of the store says which part it is about. */
async function about<T>(subject: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(subject, reason(error));
  }
}
