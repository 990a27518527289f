import { type S3Client } from '@aws-sdk/client-s3';
import { type DeclaredBucket } from './declaration/declaration.js';
import { type StoreKind } from './declaration/policyDocument.js';
import { describeChange } from './reconcile/describeChange.js';
import { planBucket } from './reconcile/planBucket.js';
import { type LeftOut, type Result } from './reconcile/result.js';
import { applyBucketChange } from './store/applyBucketChange.js';
import { observeBucket } from './store/observeBucket.js';

/** Brings one bucket to what is declared. */
export async function initBucket(
  store: S3Client,
  kind: StoreKind,
  region: string,
  declared: DeclaredBucket,
  tell: (line: string) => void,
): Promise<Result> {
  const left: LeftOut[] = [];
  let changes = 0;
  for (const change of planBucket(declared, await observeBucket(store, declared.name), kind)) {
    const { done, leftOut } = await applyBucketChange(store, region, change);
    if (leftOut !== undefined) left.push(leftOut);
    if (done === undefined) continue;
    changes += 1;
    tell(describeChange(done));
  }
  return { changes, leftOut: left };
}
