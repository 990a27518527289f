import { type BucketChange, type IdentityChange } from './change.js';

/** A change as it is told when it is done: `landing: versioning on`. */
export function describeChange(change: BucketChange | IdentityChange): string {
  return 'bucket' in change
    ? `${change.bucket}: ${ofBucket(change)}`
    : `identity ${change.identity}: ${ofIdentity(change)}`;
}

function ofBucket(change: BucketChange): string {
  switch (change.kind) {
    case 'create':
      return change.lockable ? 'created, with object lock' : 'created';
    case 'lockable':
      return 'object lock on';
    case 'versioning':
      return `versioning ${change.on ? 'on' : 'off'}`;
    case 'lifecycle':
      return `lifecycle ${change.rules.map(({ ID }) => ID).join(', ') || 'removed'}`;
    case 'closeToOthers':
      return 'bucket policy removed';
  }
}

function ofIdentity(change: IdentityChange): string {
  switch (change.kind) {
    case 'policy':
      return 'policy written';
    case 'key':
      return { new: 'user created', disabled: 'user enabled', changed: 'secret key changed' }[change.because];
    case 'attach':
      return 'policy attached';
    case 'detach':
      return `no longer has ${change.policies.join(', ')}`;
  }
}
