import { composeValue } from './composeValue.js';
import {
  type Awaited,
  type HealthCheck,
  type Joined,
  type Mount,
  type PublishedPort,
  type Service,
  type Stack,
} from './service.js';
import { stackProblems } from './stackProblems.js';

const conditions: Readonly<Record<Awaited, string>> = {
  started: 'service_started',
  healthy: 'service_healthy',
  completed: 'service_completed_successfully',
};

/** Who our images run as; folders in memory belong to it. */
const user = { uid: 10001, gid: 10001 };

/**
 * A stack as the plain value of a compose file that docker-compose 1.29 and Compose 2 both read.
 *
 * Throws an Error that lists what cannot work in it.
 */
export function composeDocument(stack: Stack): object {
  const problems = stackProblems(stack);
  if (problems.length > 0) throw new Error(`The stack cannot work:\n${problems.join('\n')}`);
  const secrets = [...new Set(stack.services.flatMap((service) => service.secrets))].sort();
  const folder = composeValue(stack.secretsFolder);
  return {
    services: Object.fromEntries(stack.services.map((service) => [service.name, composeService(service)])),
    networks: {
      ...declared(stack.networks, stack.joined, stack.joined?.networks),
      ...Object.fromEntries((stack.closed ?? []).map((name) => [name, { internal: true }])),
    },
    volumes: declared(stack.volumes, stack.joined, stack.joined?.volumes),
    secrets: Object.fromEntries(secrets.map((name) => [name, { file: `${folder}/${name}` }])),
  };
}

/** What the file makes, and what it finds made under the names that compose gave it there. */
function declared(own: readonly string[], joined: Joined | undefined, others: readonly string[] = []): object {
  const project = joined === undefined ? '' : composeValue(joined.project);
  return {
    ...Object.fromEntries(own.map((name) => [name, {}])),
    ...Object.fromEntries(others.map((name) => [name, { external: true, name: `${project}_${name}` }])),
  };
}

function composeService(service: Service): object {
  const { command, environment, mounts, ports, profile, replicas, secrets } = service;
  return {
    image: service.image,
    ...(service.user === undefined ? {} : { user: `${user.uid}:${user.gid}` }),
    ...(command === undefined ? {} : { command: [...command] }),
    ...(profile === undefined ? {} : { profiles: [profile] }),
    ...(replicas === undefined ? {} : { scale: composeValue(replicas) }),
    restart: service.kind === 'daemon' ? 'unless-stopped' : 'no',
    ...unlessEmpty(
      'depends_on',
      mapped(service.after, (awaited) => ({ condition: conditions[awaited] })),
    ),
    ...unlessEmpty('environment', mapped(environment, composeValue)),
    networks: [...service.networks],
    ...(ports.length === 0 ? {} : { ports: ports.map(port) }),
    ...(secrets.length === 0 ? {} : { secrets: [...secrets] }),
    ...(mounts.length === 0 ? {} : { volumes: mounts.map(mount) }),
    tmpfs: Object.entries(service.temporary).map(temporary),
    ...(service.healthCheck === undefined ? {} : { healthcheck: healthCheck(service.healthCheck) }),
    mem_limit: composeValue(service.memory),
    stop_grace_period: `${service.stopSeconds ?? 30}s`,
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
  };
}

function healthCheck({ command, everySeconds, startSeconds }: HealthCheck): object {
  const every = `${everySeconds}s`;
  return { test: ['CMD', ...command], interval: every, timeout: every, start_period: `${startSeconds}s`, retries: 3 };
}

function port({ address, host, container }: PublishedPort): string {
  return `${composeValue(address)}:${composeValue(host)}:${container}`;
}

function mount({ source, target, readOnly }: Mount): string {
  return `${composeValue(source)}:${target}${readOnly === true ? ':ro' : ''}`;
}

function temporary([folder, size]: [string, number]): string {
  return `${folder}:uid=${user.uid},gid=${user.gid},mode=0700,size=${size}m`;
}

function mapped<T, R>(record: Readonly<Record<string, T>>, of: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)]));
}

function unlessEmpty(name: string, record: Record<string, unknown>): object {
  return Object.keys(record).length === 0 ? {} : { [name]: record };
}
