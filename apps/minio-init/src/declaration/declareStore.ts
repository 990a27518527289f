import { objectStoreIdentities } from '@lakehouse/connections';
import { type Declaration, type DeclaredBucket, type Grant } from './declaration.js';

/** How long the store keeps what nobody removes. */
export interface Retention {
  readonly logDays: number;
  readonly landingVersionDays: number;
}

const tables = ['bronze', 'silver', 'gold', 'quarantine', 'staging', 'ops'] as const;
const all = ['landing', ...tables, 'logs'] as const;

const { pipeline, metastore, reader, backup, history, airflow } = objectStoreIdentities;

/** All buckets and identities of the platform. */
export function declareStore({ logDays, landingVersionDays }: Retention): Declaration {
  return {
    buckets: [
      { name: 'landing', versioned: true, lockable: true, expireOldVersionsDays: landingVersionDays },
      ...tables.map((name): DeclaredBucket => ({ name })),
      { name: 'logs', expireDays: logDays },
    ],
    identities: [
      { ...pipeline, buckets: grant(all, ['list', 'read', 'write', 'delete']) },
      { ...metastore, buckets: grant(tables, ['list', 'folders']) },
      { ...reader, buckets: grant(['gold', 'ops'], ['list', 'read']) },
      { ...backup, buckets: grant(all, ['list', 'read', 'history']) },
      { ...history, buckets: grant(['logs'], ['list', 'read']) },
      // The plan that DAGs are built from, and the logs of tasks.
      { ...airflow, buckets: { ops: ['list', 'read'], logs: ['list', 'read', 'write'] } },
    ],
  };
}

function grant(buckets: readonly string[], grants: readonly Grant[]): Readonly<Record<string, readonly Grant[]>> {
  return Object.fromEntries(buckets.map((bucket) => [bucket, grants]));
}
