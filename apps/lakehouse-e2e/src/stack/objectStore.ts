import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { actors, buckets, expectedRights, type Actor, type Bucket } from './objectStore/expectedRights.js';
import { openStores, type Stores } from './objectStore/openStores.js';
import { probes, type Target } from './objectStore/probes.js';
import { putTarget, removeTargets } from './objectStore/targets.js';

const prefix = `access-test-${randomUUID()}/`;

/**
 * `allowed` where the store did it, or would have if there were something to do. A request that fits no such bucket, such
 * as a lock where there are none, is refused to everybody before MinIO looks at who asks.
 */
async function outcome(request: Promise<unknown>): Promise<'allowed' | 'denied'> {
  try {
    await request;
    return 'allowed';
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return name === 'AccessDenied' || name === 'InvalidRequest' || $metadata?.httpStatusCode === 403
      ? 'denied'
      : 'allowed';
  }
}

async function outcomes(store: S3Client, target: Target): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [name, { run }] of Object.entries(probes)) found[name] = await outcome(run(store, target));
  return found;
}

function expected(actor: Actor, bucket: Bucket): Readonly<Record<string, string>> {
  const rights = expectedRights(actor, bucket);
  return Object.fromEntries(
    Object.entries(probes).map(([name, probe]) => [
      name,
      probe.rights.some((right) => rights.has(right)) ? 'allowed' : 'denied',
    ]),
  );
}

/** MinIO's administration, asked with a client for S3: as an object of a bucket of this name. */
const administration = ['info', 'list-users', 'list-canned-policies'].map(
  (call) => () => new GetObjectCommand({ Bucket: 'minio', Key: `admin/v3/${call}` }),
);

/** Everybody who may come to it, in every bucket, with everything that can be done there. */
describe('the object store', () => {
  let stores: Stores;
  beforeAll(() => {
    stores = openStores();
  });

  afterAll(async () => {
    for (const bucket of buckets) await removeTargets(stores.root, bucket, prefix);
    for (const store of Object.values(stores)) store.destroy();
  });

  describe.each(actors)('%s', (actor) => {
    it.each(buckets)('may do in %s what the table says, and nothing else', async (bucket) => {
      const target = await putTarget(stores.root, bucket, `${prefix}${actor}/`);

      expect(await outcomes(stores[actor], target)).toEqual(expected(actor, bucket));
    });

    it('sees no other buckets than those it may list', async () => {
      const listed = buckets.filter((bucket) => expectedRights(actor, bucket).has('list'));
      const found = await stores[actor].send(new ListBucketsCommand({})).then(
        ({ Buckets = [] }) => Buckets.map(({ Name }) => Name),
        () => [],
      );

      expect(found.filter((name) => buckets.some((bucket) => bucket === name)).sort()).toEqual([...listed].sort());
    });

    it('administers nothing', async () => {
      for (const call of administration) expect(await outcome(stores[actor].send(call()))).toBe('denied');
    });
  });

  describe('landing', () => {
    it('keeps what the pipeline overwrote and deleted', async () => {
      const { bucket, file, version } = await putTarget(stores.root, 'landing', `${prefix}kept/`);
      await outcomes(stores.pipeline, { bucket, file, version, prefix: `${prefix}kept/` });

      const kept = await stores.root.send(new GetObjectCommand({ Bucket: bucket, Key: file, VersionId: version }));

      expect(await kept.Body?.transformToString()).toBe('rows');
    });
  });

  describe('the root user', () => {
    const bucket = `access-test-${randomUUID()}`;
    afterAll(async () => {
      await removeTargets(stores.root, bucket, '');
      for (const Bucket of [bucket, `${bucket}-of-nobody`]) {
        await stores.root.send(new DeleteBucketCommand({ Bucket }));
      }
    });

    it('may do all of it, so that what is denied to others is denied for who they are', async () => {
      await stores.root.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
      const found = await outcomes(stores.root, await putTarget(stores.root, bucket, 'all/'));

      expect(Object.entries(found).filter(([, what]) => what === 'denied')).toEqual([]);
    });

    it('administers', async () => {
      for (const call of administration) expect(await outcome(stores.root.send(call()))).toBe('allowed');
    });
  });
});
