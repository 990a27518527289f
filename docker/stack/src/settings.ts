import { type Variable } from '@lakehouse/compose';
import { endpoints, urlOf } from '@lakehouse/connections';
import { profiles, type BudgetName, type ProfileName } from './profiles.js';

/** The variables of the env file beside the compose file: all that differs between one installation and another. */
export function profileSettings(
  name: ProfileName,
  workers?: number,
  without: readonly string[] = [],
): Readonly<Record<string, string>> {
  const profile = profiles[name];
  const memories = Object.entries(profile.budgets).flatMap(([service, { limit, heap }]) => [
    [memoryVariable(service), `${limit}m`],
    ...(heap === undefined ? [] : [[heapVariable(service), `${heap}m`]]),
  ]);
  const count = workers ?? profile.workers;
  const parts = profile.parts.filter((part) => !without.includes(part));
  return {
    COMPOSE_PROFILES: parts.join(','),
    ...(Object.fromEntries(memories) as Record<string, string>),
    // Without it the contract's rules judge alone.
    LAKEHOUSE_DQOPS: parts.includes('dqops') ? urlOf(endpoints.dqops) : 'off',
    // Airflow starts them where it is there; else DQOps does by itself.
    LAKEHOUSE_DQOPS_DAILY_CHECKS: without.includes('airflow') ? '0 12 * * *' : 'off',
    LAKEHOUSE_AIRFLOW_TASKS: String(profile.airflowTasks),
    LAKEHOUSE_EXECUTOR_HEAP: `${profile.executorHeap}m`,
    LAKEHOUSE_GOLD_IN_MEMORY: String(profile.goldInMemory),
    LAKEHOUSE_WORKER_CORES: String(profile.workerCores),
    LAKEHOUSE_WORKERS: String(count),
    // The query server takes the cores of all workers.
    LAKEHOUSE_QUERY_CORES: String(count * profile.workerCores),
    LAKEHOUSE_QUERY_COLLECTOR: profile.queryCollector,
    // Without a history server nobody reads them.
    LAKEHOUSE_EVENT_LOG: String(profile.parts.includes('history')),
  };
}

const defaults = profileSettings('small');

/** A setting as the compose file names it: the value of the small profile holds where the env file has none. */
export function setting(variable: string): Variable {
  const fallback = defaults[variable];
  if (fallback === undefined) throw new Error(`No profile sets ${variable}.`);
  return { variable, fallback };
}

export function memoryLimit(service: BudgetName): Variable {
  return setting(memoryVariable(service));
}

export function heap(service: BudgetName): Variable {
  return setting(heapVariable(service));
}

function memoryVariable(service: string): string {
  return `LAKEHOUSE_${upper(service)}_MEMORY`;
}

function heapVariable(service: string): string {
  return `LAKEHOUSE_${upper(service)}_HEAP`;
}

function upper(service: string): string {
  return service.toUpperCase().replaceAll('-', '_');
}

/** The ports that the host can reach, each with the variable that moves it. */
export const publishedPorts = {
  objectStore: { variable: 'LAKEHOUSE_PORT_S3', fallback: String(endpoints.objectStore.port) },
  objectStoreConsole: { variable: 'LAKEHOUSE_PORT_S3_CONSOLE', fallback: String(endpoints.objectStoreConsole.port) },
  thrift: { variable: 'LAKEHOUSE_PORT_THRIFT', fallback: String(endpoints.thrift.port) },
  queryServerPage: { variable: 'LAKEHOUSE_PORT_QUERY_SERVER', fallback: String(endpoints.queryServerPage.port) },
  sparkMasterPage: { variable: 'LAKEHOUSE_PORT_SPARK', fallback: String(endpoints.sparkMasterPage.port) },
  // The page of Spark's master is on the port that Airflow's has by itself.
  airflow: { variable: 'LAKEHOUSE_PORT_AIRFLOW', fallback: '8081' },
  superset: { variable: 'LAKEHOUSE_PORT_SUPERSET', fallback: String(endpoints.superset.port) },
  historyPage: { variable: 'LAKEHOUSE_PORT_HISTORY', fallback: String(endpoints.historyPage.port) },
} as const satisfies Record<string, Variable>;

/** What a variable is with an env file: what that sets, else its fallback. */
export function valueOf(
  { variable, fallback }: Variable,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  return variables[variable] ?? fallback;
}

/** What the names of the platform's containers, networks and volumes begin with. */
export const projectName: Variable = { variable: 'COMPOSE_PROJECT_NAME', fallback: 'lakehouse' };

/** Who is told of incidents, such as a webhook of Slack; `off`: nobody. */
export const incidentWebhook: Variable = { variable: 'LAKEHOUSE_INCIDENT_WEBHOOK', fallback: 'off' };

/** Loopback unless the user says otherwise. */
export const publishedAddress: Variable = { variable: 'LAKEHOUSE_ADDRESS', fallback: '127.0.0.1' };
