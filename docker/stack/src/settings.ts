import { type Variable } from '@lakehouse/compose';
import { endpoints } from '@lakehouse/connections';
import { profiles, type BudgetName, type ProfileName } from './profiles.js';

/** The variables of the env file beside the compose file: all that differs between one installation and another. */
export function profileSettings(name: ProfileName, workers?: number): Readonly<Record<string, string>> {
  const profile = profiles[name];
  const memories = Object.entries(profile.budgets).flatMap(([service, { limit, heap }]) => [
    [memoryVariable(service), `${limit}m`],
    ...(heap === undefined ? [] : [[heapVariable(service), `${heap}m`]]),
  ]);
  const count = workers ?? profile.workers;
  return {
    COMPOSE_PROFILES: profile.parts.join(','),
    ...(Object.fromEntries(memories) as Record<string, string>),
    LAKEHOUSE_EXECUTOR_HEAP: `${profile.executorHeap}m`,
    LAKEHOUSE_WORKER_CORES: String(profile.workerCores),
    LAKEHOUSE_WORKERS: String(count),
    LAKEHOUSE_QUERY_CORES: String(Math.max(profile.queryCores, count * profile.workerCores)),
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
  historyPage: { variable: 'LAKEHOUSE_PORT_HISTORY', fallback: String(endpoints.historyPage.port) },
} as const satisfies Record<string, Variable>;

/** Loopback unless the user says otherwise. */
export const publishedAddress: Variable = { variable: 'LAKEHOUSE_ADDRESS', fallback: '127.0.0.1' };
