import { type LifecycleRule } from '@aws-sdk/client-s3';
import { type PolicyDocument } from '../declaration/policyDocument.js';

/** One thing in which a bucket differs from what is declared. */
export type BucketChange =
  | { readonly kind: 'create'; readonly bucket: string; readonly lockable: boolean }
  | { readonly kind: 'lockable'; readonly bucket: string }
  | { readonly kind: 'versioning'; readonly bucket: string; readonly on: boolean }
  | { readonly kind: 'lifecycle'; readonly bucket: string; readonly rules: readonly LifecycleRule[] }
  | { readonly kind: 'closeToOthers'; readonly bucket: string };

/** One thing in which an identity differs from what is declared. Its policy has its name. */
export type IdentityChange =
  | { readonly kind: 'policy'; readonly identity: string; readonly document: PolicyDocument }
  | { readonly kind: 'key'; readonly identity: string; readonly because: 'new' | 'disabled' | 'changed' }
  | { readonly kind: 'attach'; readonly identity: string }
  | { readonly kind: 'detach'; readonly identity: string; readonly policies: readonly string[] };
