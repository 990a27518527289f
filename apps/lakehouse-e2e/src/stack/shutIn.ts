import { secretNames } from '@lakehouse/connections';
import { composeFiles } from '@lakehouse/stack';
import { join } from 'node:path';
import { execIn, type Running } from './containers.js';
import { platformHome, secret } from './platform.js';

/** Secrets of the platform with their values; those that the user wrote are no less secret. */
function secretValues(): readonly { readonly name: string; readonly value: string }[] {
  return secretNames.map((name) => ({ name, value: secret(name) }));
}

/** The names of the secrets that are in a text. */
export function leaks(text: string): readonly string[] {
  return secretValues()
    .filter(({ value }) => text.includes(value))
    .map(({ name }) => name);
}

/** A worker of Spark hands the secret of the cluster to its executors in their environment: SecurityManager.ENV_AUTH_SECRET. */
const toExecutors: Readonly<Record<string, string>> = { 'spark-worker': 'spark-authentication' };

/** A read-only root, no capability, no privilege, not the root user, a limit of memory. */
export function expectIsolated(containers: readonly Running[]): void {
  expect(
    containers.map(({ service, facts: { HostConfig: host, Config: config } }) => ({
      service,
      readOnly: host.ReadonlyRootfs,
      dropped: host.CapDrop,
      added: host.CapAdd,
      options: host.SecurityOpt,
      user: config.User,
      privileged: host.Privileged,
      limited: (host.Memory ?? 0) > 0,
    })),
  ).toEqual(
    containers.map(({ service }) => ({
      service,
      readOnly: true,
      dropped: ['ALL'],
      added: null,
      options: ['no-new-privileges:true'],
      user: '10001:10001',
      privileged: false,
      limited: true,
    })),
  );
}

/** Each container sees the secrets of its service, and no other. */
export function expectOwnSecrets(containers: readonly Running[]): void {
  for (const { service, container, facts } of containers.filter(({ facts: { State } }) => State.Running)) {
    const all = composeFiles.flatMap((file) => file.stack.services);
    const own = all.find(({ name }) => name === service)?.secrets ?? [];
    const seen = own.length === 0 ? [] : execIn(container.id, ['ls', '/run/secrets']).trim().split('\n');
    expect({ service, seen }).toEqual({ service, seen: [...own].sort() });
    expect(facts.Mounts.map(({ Source }) => Source)).not.toContain(join(platformHome(), 'platform/secrets'));
  }
}

/** No secret is in what the engine knows of a container, in its log, or in the words and environments of its processes. */
export async function expectNoLeaks(containers: readonly Running[]): Promise<void> {
  for (const { service, container, facts } of containers) {
    expect({ service, leaked: leaks(JSON.stringify(facts)) }).toEqual({ service, leaked: [] });
    const log = await container.logs({ stdout: true, stderr: true });
    expect({ service, logged: leaks(log.toString()) }).toEqual({ service, logged: [] });
    if (!facts.State.Running) continue;
    const told = (file: string) =>
      leaks(execIn(container.id, ['sh', '-c', `cat /proc/[0-9]*/${file} | tr '\\0' '\\n'`]));
    expect({ service, arguments: told('cmdline') }).toEqual({ service, arguments: [] });
    expect({ service, environment: told('environ').filter((name) => name !== toExecutors[service]) }).toEqual({
      service,
      environment: [],
    });
  }
}
