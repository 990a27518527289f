import { secretNames } from '@lakehouse/connections';
import { stack } from '@lakehouse/stack';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allContainers, execIn, inService, type Running } from './containers.js';
import { expectDone, platformHome, secret } from './platform.js';

/** Secrets of the platform with their values; those that the user wrote are no less secret. */
function secretValues(): readonly { readonly name: string; readonly value: string }[] {
  return secretNames.map((name) => ({ name, value: secret(name) }));
}

function leaks(text: string): readonly string[] {
  return secretValues()
    .filter(({ value }) => text.includes(value))
    .map(({ name }) => name);
}

/** A worker of Spark hands the secret of the cluster to its executors in their environment: SecurityManager.ENV_AUTH_SECRET. */
const toExecutors: Readonly<Record<string, string>> = { 'spark-worker': 'spark-authentication' };

/** All services of the stack that run, each shut in as the design says. */
describe('the services', () => {
  let containers: readonly Running[];
  beforeAll(async () => {
    containers = await allContainers();
  });

  test('are those of the small profile', () => {
    const expected = stack.services.filter(({ profile }) => profile === undefined || profile === 'demo');
    expect([...new Set(containers.map(({ service }) => service))].sort()).toEqual(
      expected.map(({ name }) => name).sort(),
    );
  });

  test('cannot write to their root, have no capability, gain no privilege, are not root, and have a limit of memory', () => {
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
  });

  test('listen on loopback only', () => {
    const bindings = containers.flatMap(({ facts }) =>
      Object.values(facts.HostConfig.PortBindings as Record<string, { HostIp: string }[]>).flat(),
    );
    expect(bindings.length).toBeGreaterThan(3);
    expect(new Set(bindings.map(({ HostIp }) => HostIp))).toEqual(new Set(['127.0.0.1']));
  });

  test('see their own secrets and no other', () => {
    for (const { service, container, facts } of containers.filter(({ facts: { State } }) => State.Running)) {
      const own = stack.services.find(({ name }) => name === service)?.secrets ?? [];
      const seen = own.length === 0 ? [] : execIn(container.id, ['ls', '/run/secrets']).trim().split('\n');
      expect({ service, seen }).toEqual({ service, seen: [...own].sort() });
      expect(facts.Mounts.map(({ Source }) => Source)).not.toContain(join(platformHome(), 'platform/secrets'));
    }
  });

  test('tell no secret by what the engine knows of them, their processes or their logs', async () => {
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
    const logs = join(platformHome(), 'logs');
    const written = existsSync(logs) ? readdirSync(logs).map((file) => readFileSync(join(logs, file), 'utf8')) : [];
    expect(leaks(written.join('\n'))).toEqual([]);
  });

  test('reach only those whose networks they share', async () => {
    const reach = (host: string, port: number) => [
      'bash',
      '-c',
      `timeout 3 bash -c '</dev/tcp/${host}/${port}' && echo open`,
    ];
    expect(await inService('query-server', ...reach('minio', 9000))).toContain('open');
    expect(await inService('hive-metastore', ...reach('postgres', 5432))).toContain('open');
    expect(await inService('query-server', ...reach('postgres', 5432))).not.toContain('open');
    expect(await inService('spark-worker', ...reach('postgres', 5432))).not.toContain('open');
    expect(await inService('demo-sources', ...reach('minio', 9000))).not.toContain('open');
  });

  test('are left as they are by a second `up`', async () => {
    const ids = (running: readonly Running[]) =>
      running.map(({ container, facts }) => [container.id, facts.State.StartedAt]);
    const daemons = (running: readonly Running[]) => running.filter(({ facts }) => facts.State.Running);
    expectDone('up');
    expect(ids(daemons(await allContainers()))).toEqual(ids(daemons(containers)));
  });
});
