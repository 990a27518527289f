/** What a size of the platform gives to each service, in MiB: `limit` ends the container, `heap` is the JVM's share of it. */
export interface Budget {
  readonly limit: number;
  readonly heap?: number;
}

export interface Profile {
  readonly budgets: Readonly<Record<BudgetName, Budget>>;
  /** What one executor takes of its worker. */
  readonly executorHeap: number;
  readonly workerCores: number;
  /** Workers unless the user says otherwise. */
  readonly workers: number;
  /** Cores that the query server takes of all workers. */
  readonly queryCores: number;
  /** Optional parts that start with it. */
  readonly parts: readonly string[];
}

export type BudgetName =
  | 'minio'
  | 'minio-init'
  | 'postgres'
  | 'hive-metastore'
  | 'spark-master'
  | 'spark-worker'
  | 'query-server'
  | 'history-server'
  | 'demo-sources'
  | 'pipeline-runner';

const small: Profile = {
  budgets: {
    minio: { limit: 768 },
    'minio-init': { limit: 256 },
    postgres: { limit: 256 },
    'hive-metastore': { limit: 640, heap: 256 },
    'spark-master': { limit: 384, heap: 128 },
    'spark-worker': { limit: 2304, heap: 128 },
    'query-server': { limit: 2560, heap: 1536 },
    'history-server': { limit: 768, heap: 384 },
    'demo-sources': { limit: 512 },
    'pipeline-runner': { limit: 1024 },
  },
  executorHeap: 1024,
  workerCores: 2,
  workers: 1,
  queryCores: 2,
  parts: ['demo'],
};

const standard: Profile = {
  budgets: {
    minio: { limit: 2048 },
    'minio-init': { limit: 256 },
    postgres: { limit: 1024 },
    'hive-metastore': { limit: 1024, heap: 512 },
    'spark-master': { limit: 640, heap: 256 },
    'spark-worker': { limit: 6144, heap: 256 },
    'query-server': { limit: 6144, heap: 4096 },
    'history-server': { limit: 1536, heap: 1024 },
    'demo-sources': { limit: 512 },
    'pipeline-runner': { limit: 2048 },
  },
  executorHeap: 4096,
  workerCores: 4,
  workers: 2,
  queryCores: 8,
  parts: ['demo', 'history'],
};

/** The sizes that the platform comes in. */
export const profiles = { small, standard } as const;

export type ProfileName = keyof typeof profiles;

/** MiB that all services of a profile may take together, with so many workers. */
export function memoryOf(profile: Profile, workers: number): number {
  const optional: Partial<Record<BudgetName, string>> = { 'demo-sources': 'demo', 'history-server': 'history' };
  return Object.entries(profile.budgets).reduce((sum, [name, { limit }]) => {
    const part = optional[name as BudgetName];
    if (part !== undefined && !profile.parts.includes(part)) return sum;
    return sum + limit * (name === 'spark-worker' ? workers : 1);
  }, 0);
}
