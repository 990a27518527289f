import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeclaredIdentity, type Grant } from './declaration.js';
import { declareStore } from './declareStore.js';
import { policyDocument, type PolicyDocument } from './policyDocument.js';

const { buckets, identities } = declareStore({ logDays: 30, landingVersionDays: 30 });
const names = buckets.map(({ name }) => name);

/** The most telling action of each grant, on what it acts. */
const signs: Readonly<Record<Grant, { readonly action: string; readonly key?: string }>> = {
  list: { action: 's3:ListBucket' },
  read: { action: 's3:GetObject', key: 'flights/part-0.parquet' },
  write: { action: 's3:PutObject', key: 'flights/part-0.parquet' },
  delete: { action: 's3:DeleteObject', key: 'flights/part-0.parquet' },
  history: { action: 's3:GetObjectVersion', key: 'flights/part-0.parquet' },
  folders: { action: 's3:PutObject', key: 'flights/' },
};

/** Whether a document allows an action, as S3 decides: something allows it and nothing denies it. */
function allows({ Statement }: PolicyDocument, action: string, bucket: string, key?: string): boolean {
  const resource = `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`;
  const effects = Statement.filter(
    ({ Action, Resource = [] }) => Action.includes(action) && Resource.some((pattern) => fits(resource, pattern)),
  ).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function fits(resource: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}

const grants = fc.uniqueArray(fc.constantFrom<Grant>('list', 'read', 'write', 'delete', 'history'));
const anyIdentity: fc.Arbitrary<DeclaredIdentity> = fc
  .dictionary(fc.constantFrom(...names), grants)
  .map((of) => ({ name: 'somebody', secret: 's3-somebody', buckets: of }));

describe('policyDocument', () => {
  it.each(identities.map((identity) => [identity.name, identity] as const))(
    'of %s is as reviewed',
    (name, identity) => {
      const golden: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '__golden__', `${name}.json`), 'utf8'));

      expect(policyDocument(identity, 'minio')).toEqual(golden);
    },
  );

  it('allows in each bucket what is granted there, and nothing else', () => {
    fc.assert(
      fc.property(anyIdentity, fc.constantFrom(...names), (identity, bucket) => {
        const document = policyDocument(identity, 'minio');
        for (const grant of ['list', 'read', 'write', 'delete', 'history'] as const) {
          const { action, key } = signs[grant];
          expect(allows(document, action, bucket, key)).toBe(identity.buckets[bucket]?.includes(grant) ?? false);
        }
      }),
    );
  });

  it('lets nobody touch versions, locks, or buckets themselves', () => {
    fc.assert(
      fc.property(anyIdentity, fc.constantFrom(...names), (identity, bucket) => {
        const document = policyDocument(identity, 's3');
        for (const action of ['s3:DeleteObjectVersion', 's3:BypassGovernanceRetention', 's3:PutObjectRetention']) {
          expect(allows(document, action, bucket, 'key')).toBe(false);
        }
        for (const action of ['s3:CreateBucket', 's3:DeleteBucket', 's3:PutBucketPolicy', 's3:PutBucketVersioning']) {
          expect(allows(document, action, bucket)).toBe(false);
        }
      }),
    );
  });

  it('gives folders without the files in them', () => {
    const document = policyDocument({ name: 'm', secret: 's', buckets: { silver: ['list', 'folders'] } }, 'minio');

    expect(allows(document, 's3:PutObject', 'silver', 'flights/')).toBe(true);
    expect(allows(document, 's3:GetObject', 'silver', 'flights')).toBe(true);
    expect(allows(document, 's3:PutObject', 'silver', 'flights')).toBe(false);
    expect(allows(document, 's3:GetObject', 'silver', 'flights/part-0.parquet')).toBe(false);
    expect(allows(document, 's3:GetObject', 'silver', 'flights/_delta_log/0.json')).toBe(false);
  });

  it('speaks of MinIO to MinIO alone', () => {
    const [identity] = identities;
    if (identity === undefined) throw new Error('Nobody is declared.');

    expect(JSON.stringify(policyDocument(identity, 'minio'))).toContain('admin:*');
    expect(JSON.stringify(policyDocument(identity, 's3'))).not.toContain('admin:');
  });
});
