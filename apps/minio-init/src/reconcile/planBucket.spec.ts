import fc from 'fast-check';
import { type DeclaredBucket } from '../declaration/declaration.js';
import { type BucketChange } from './change.js';
import { planBucket, type ObservedBucket } from './planBucket.js';

const days = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined });
const anyKind = fc.constantFrom('minio' as const, 's3' as const);

const anyDeclared: fc.Arbitrary<DeclaredBucket> = fc
  .record({ versioned: fc.boolean(), lockable: fc.boolean(), expireDays: days, expireOldVersionsDays: days })
  .map(({ versioned, lockable, expireDays, expireOldVersionsDays }) => ({
    name: 'landing',
    // A lock is a lock on versions.
    versioned: versioned || lockable,
    lockable,
    ...(expireDays === undefined ? {} : { expireDays }),
    ...(expireOldVersionsDays === undefined ? {} : { expireOldVersionsDays }),
  }));

const anyObserved: fc.Arbitrary<ObservedBucket> = fc.record({
  lockable: fc.boolean(),
  versioned: fc.boolean(),
  open: fc.boolean(),
  rules: fc.array(
    fc.integer({ min: 1, max: 9 }).map((Days) => ({
      ID: 'old-objects',
      Status: 'Enabled' as const,
      Filter: { Prefix: '' },
      Expiration: { Days },
    })),
    { maxLength: 2 },
  ),
});

/** A store that does all that it is told. */
function after(observed: ObservedBucket | undefined, changes: readonly BucketChange[]): ObservedBucket | undefined {
  return changes.reduce<ObservedBucket | undefined>((bucket, change) => {
    if (change.kind === 'create') {
      if (bucket !== undefined) throw new Error('The bucket exists.');
      return { lockable: change.lockable, versioned: change.lockable, rules: [], open: false };
    }
    if (bucket === undefined) throw new Error('The bucket does not exist.');
    switch (change.kind) {
      case 'lockable':
        if (!bucket.versioned) throw new Error('A lock needs versions.');
        return { ...bucket, lockable: true };
      case 'versioning':
        return { ...bucket, versioned: change.on };
      case 'lifecycle':
        return { ...bucket, rules: change.rules };
      case 'closeToOthers':
        return { ...bucket, open: false };
    }
  }, observed);
}

describe('planBucket', () => {
  it('leads from anything to what is declared, after which nothing is left to do', () => {
    const anything = fc.option(anyObserved, { nil: undefined });
    fc.assert(
      fc.property(anyDeclared, anything, anyKind, (declared, observed, kind) => {
        const reached = after(observed, planBucket(declared, observed, kind));

        expect(planBucket(declared, reached, kind)).toEqual([]);
      }),
    );
  });

  it('makes a bucket before it sets it up', () => {
    const declared = { name: 'landing', versioned: true, lockable: true, expireOldVersionsDays: 30 };

    expect(planBucket(declared, undefined, 'minio')).toEqual([
      { kind: 'create', bucket: 'landing', lockable: true },
      { kind: 'versioning', bucket: 'landing', on: true },
      {
        kind: 'lifecycle',
        bucket: 'landing',
        rules: [
          {
            ID: 'old-versions',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            Expiration: { ExpiredObjectDeleteMarker: true },
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
          },
        ],
      },
    ]);
  });

  it('takes no rule of a bucket for another because the store adds defaults', () => {
    const rules = [
      {
        Expiration: { Days: 30, ExpiredObjectDeleteMarker: false },
        Filter: {},
        ID: 'old-objects',
        Status: 'Enabled' as const,
      },
    ];

    expect(
      planBucket({ name: 'logs', expireDays: 30 }, { lockable: false, versioned: false, open: false, rules }, 'minio'),
    ).toEqual([]);
  });

  it('closes a bucket of MinIO, and leaves policies elsewhere to their administrator', () => {
    const open = { lockable: false, versioned: false, open: true, rules: [] };

    expect(planBucket({ name: 'gold' }, open, 'minio')).toEqual([{ kind: 'closeToOthers', bucket: 'gold' }]);
    expect(planBucket({ name: 'gold' }, open, 's3').map(({ kind }) => kind)).toEqual(['lifecycle']);
  });
});
