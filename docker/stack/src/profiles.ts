/** What a size of the platform gives to each service, in MiB: `limit` ends the container, `heap` is the JVM's share of it. */
export interface Budget {
  readonly limit: number;
  readonly heap?: number;
}

export interface Profile {
  readonly budgets: Readonly<Record<BudgetName, Budget>>;
  /** How many tasks of Airflow run at once. */
  readonly airflowTasks: number;
  /** What one executor takes of its worker. */
  readonly executorHeap: number;
  /** The garbage collector of the query server's JVM: Serial takes the least memory, Parallel the least time. */
  readonly queryCollector: 'Serial' | 'Parallel';
  /** MiB of published tables that the query server holds in memory for dashboards: a share of what its executors have for that. */
  readonly goldInMemory: number;
  readonly workerCores: number;
  /** Workers unless the user says otherwise. */
  readonly workers: number;
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
  | 'superset'
  | 'superset-init'
  | 'superset-bootstrap'
  | 'demo-sources'
  | 'pipeline-runner'
  | 'incident-receiver'
  | 'dqops-config'
  | 'dqops'
  | 'airflow-init'
  | 'airflow-api-server'
  | 'airflow-scheduler'
  | 'airflow-dag-processor'
  | 'airflow-triggerer';

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
    superset: { limit: 704 },
    'superset-init': { limit: 448 },
    'superset-bootstrap': { limit: 192 },
    'demo-sources': { limit: 512 },
    'pipeline-runner': { limit: 1024 },
    'incident-receiver': { limit: 128 },
    'dqops-config': { limit: 256 },
    dqops: { limit: 1200 },
    'airflow-init': { limit: 512 },
    'airflow-api-server': { limit: 640 },
    // Its tasks run in it, each with a client of the query server.
    'airflow-scheduler': { limit: 2048 },
    'airflow-dag-processor': { limit: 640 },
    'airflow-triggerer': { limit: 512 },
  },
  airflowTasks: 3,
  executorHeap: 1024,
  goldInMemory: 96,
  queryCollector: 'Serial',
  workerCores: 2,
  workers: 1,
  parts: ['demo', 'dqops', 'superset'],
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
    superset: { limit: 1536 },
    'superset-init': { limit: 448 },
    'superset-bootstrap': { limit: 192 },
    'demo-sources': { limit: 512 },
    'pipeline-runner': { limit: 2048 },
    'incident-receiver': { limit: 128 },
    'dqops-config': { limit: 256 },
    dqops: { limit: 1200 },
    'airflow-init': { limit: 512 },
    'airflow-api-server': { limit: 1024 },
    'airflow-scheduler': { limit: 5120 },
    'airflow-dag-processor': { limit: 1024 },
    'airflow-triggerer': { limit: 768 },
  },
  airflowTasks: 8,
  executorHeap: 4096,
  goldInMemory: 1024,
  queryCollector: 'Parallel',
  workerCores: 4,
  workers: 2,
  parts: ['demo', 'history', 'dqops', 'superset'],
};

/** The sizes that the platform comes in. */
export const profiles = { small, standard } as const;

export type ProfileName = keyof typeof profiles;

/** MiB that these services may take together, with so many workers. */
export function memoryOf(profile: Profile, services: readonly string[], workers: number): number {
  return Object.entries(profile.budgets).reduce((sum, [name, { limit }]) => {
    if (!services.includes(name)) return sum;
    return sum + limit * (name === 'spark-worker' ? workers : 1);
  }, 0);
}
