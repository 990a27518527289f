import { stack } from '@lakehouse/stack';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allContainers, inService, type Running } from './containers.js';
import { expectDone, platformHome, setting } from './platform.js';
import { expectIsolated, expectNoLeaks, expectOwnSecrets, leaks } from './shutIn.js';

/** All services of the stack that run, each shut in as the design says. */
describe('the services', () => {
  let containers: readonly Running[];
  beforeAll(async () => {
    containers = await allContainers();
  });

  test('are those of the small profile', () => {
    const parts = setting('COMPOSE_PROFILES').split(',');
    const expected = stack.services.filter(({ profile }) => profile === undefined || parts.includes(profile));
    expect([...new Set(containers.map(({ service }) => service))].sort()).toEqual(
      expected.map(({ name }) => name).sort(),
    );
  });

  test('are shown by `status`, also before anything ran', () => {
    const { services } = JSON.parse(expectDone('status', '--json')) as { services: { service: string; ok: boolean }[] };
    expect(services.filter(({ ok }) => !ok)).toEqual([]);
    expect(new Set(services.map(({ service }) => service))).toEqual(new Set(containers.map(({ service }) => service)));
  });

  test('cannot write to their root, have no capability, gain no privilege, are not root, and have a limit of memory', () => {
    expectIsolated(containers);
  });

  test('listen on loopback only', () => {
    const bindings = containers.flatMap(({ facts }) =>
      Object.values(facts.HostConfig.PortBindings as Record<string, { HostIp: string }[]>).flat(),
    );
    expect(bindings.length).toBeGreaterThan(3);
    expect(new Set(bindings.map(({ HostIp }) => HostIp))).toEqual(new Set(['127.0.0.1']));
  });

  test('see their own secrets and no other', () => {
    expectOwnSecrets(containers);
  });

  test('tell no secret by what the engine knows of them, their processes or their logs', async () => {
    await expectNoLeaks(containers);
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
