import { type DeclaredIdentity, type Grant } from './declaration.js';

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
}

/** A policy as S3 stores read it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export type StoreKind = 'minio' | 's3';

/** A part of a grant: actions on the bucket itself (no `keys`), or on its objects whose key has the pattern. */
interface Rule {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly keys?: readonly string[];
}

const rules: Readonly<Record<Grant, readonly Rule[]>> = {
  list: [{ effect: 'Allow', actions: ['s3:GetBucketLocation', 's3:ListBucket'] }],
  read: [{ effect: 'Allow', actions: ['s3:GetObject'], keys: ['*'] }],
  write: [
    {
      effect: 'Allow',
      actions: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      keys: ['*'],
    },
    { effect: 'Allow', actions: ['s3:ListBucketMultipartUploads'] },
  ],
  delete: [{ effect: 'Allow', actions: ['s3:DeleteObject'], keys: ['*'] }],
  history: [
    {
      effect: 'Allow',
      actions: [
        's3:GetBucketObjectLockConfiguration',
        's3:GetBucketVersioning',
        's3:GetLifecycleConfiguration',
        's3:ListBucketVersions',
      ],
    },
    {
      effect: 'Allow',
      actions: ['s3:GetObjectLegalHold', 's3:GetObjectRetention', 's3:GetObjectVersion'],
      keys: ['*'],
    },
  ],
  folders: [
    // S3 asks whether an object exists by the right to read it.
    { effect: 'Allow', actions: ['s3:GetObject'], keys: ['*'] },
    { effect: 'Deny', actions: ['s3:GetObject'], keys: ['*.bin', '*.crc', '*.json', '*.parquet'] },
    { effect: 'Allow', actions: ['s3:PutObject'], keys: ['*/'] },
  ],
};

/** MinIO takes the right to delete for the right to delete versions too, unless that one is denied. */
const neverOnObjects = ['s3:BypassGovernanceRetention', 's3:DeleteObjectVersion'];
/** MinIO lets a user change its own secret key and make further keys, unless that is denied. */
const neverOnMinio: Statement = { Effect: 'Deny', Action: ['admin:*'] };

/** What the store has to know of an identity so that it may do what it is declared to, and nothing else. */
export function policyDocument({ buckets }: DeclaredIdentity, store: StoreKind): PolicyDocument {
  const statements = new Map<string, Statement>();
  const named = Object.entries(buckets).flatMap(([bucket, grants]) => grants.map((grant) => ({ bucket, grant })));
  for (const { bucket, grant } of named) {
    for (const rule of rules[grant]) {
      const key = JSON.stringify(rule);
      const resources = statements.get(key)?.Resource ?? [];
      statements.set(key, {
        Effect: rule.effect,
        Action: rule.actions,
        Resource: [...resources, ...resourcesOf(rule, bucket)],
      });
    }
  }
  const objects = resourcesOf({ keys: ['*'] }, '*');
  return {
    Version: '2012-10-17',
    Statement: [
      ...statements.values(),
      { Effect: 'Deny', Action: neverOnObjects, Resource: objects },
      ...(store === 'minio' ? [neverOnMinio] : []),
    ],
  };
}

function resourcesOf({ keys }: Pick<Rule, 'keys'>, bucket: string): readonly string[] {
  const resource = `arn:aws:s3:::${bucket}`;
  return keys === undefined ? [resource] : keys.map((key) => `${resource}/${key}`);
}
