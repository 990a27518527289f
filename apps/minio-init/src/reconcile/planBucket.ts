import { type LifecycleRule } from '@aws-sdk/client-s3';
import { type DeclaredBucket } from '../declaration/declaration.js';
import { lifecycleRules } from '../declaration/lifecycleRules.js';
import { type StoreKind } from '../declaration/policyDocument.js';
import { type BucketChange } from './change.js';
import { comparable } from './comparable.js';

/** A bucket as it is. */
export interface ObservedBucket {
  readonly lockable: boolean;
  readonly versioned: boolean;
  readonly rules: readonly LifecycleRule[];
  /** It has a policy of its own, which may open it to others or to anybody. */
  readonly open: boolean;
}

/** What has to be done to a bucket, in order; `observed` is undefined where there is no such bucket. */
export function planBucket(
  declared: DeclaredBucket,
  observed: ObservedBucket | undefined,
  store: StoreKind,
): readonly BucketChange[] {
  const { name: bucket, lockable = false, versioned = false } = declared;
  const found = observed ?? { lockable, versioned: false, rules: [], open: false };
  const rules = lifecycleRules(declared, store);
  const changes: readonly (BucketChange | undefined)[] = [
    observed === undefined ? { kind: 'create', bucket, lockable } : undefined,
    found.versioned === versioned ? undefined : { kind: 'versioning', bucket, on: versioned },
    lockable && !found.lockable ? { kind: 'lockable', bucket } : undefined,
    comparable(found.rules) === comparable(rules) ? undefined : { kind: 'lifecycle', bucket, rules },
    // Elsewhere it may be how an administrator lets the identities in.
    found.open && store === 'minio' ? { kind: 'closeToOthers', bucket } : undefined,
  ];
  return changes.filter((change) => change !== undefined);
}
