import { allContainers, inService } from './containers.js';
import { expectDone, setting } from './platform.js';

/** DQOps' verdict on the flights domain, where its image is in the engine. */
describe('the gate', () => {
  const isThere = (): boolean => {
    const there = setting('COMPOSE_PROFILES').split(',').includes('dqops');
    if (!there) console.log('not tried with DQOps: its image is not in the engine');
    return there;
  };

  test('has judged every table of the release', () => {
    if (!isThere()) return;
    const sql = `select table_name, count(*) as checks, count_if(not passed and severity = 'error') as failed
      from ops.checks where check_id like 'dqops/%' group by table_name order by table_name`;
    const judged = JSON.parse(expectDone('query', sql, '--json')) as { table_name: string; failed: number }[];
    expect(judged.map(({ table_name: name, failed }) => [name, failed])).toEqual([
      ...['airport_hours', 'daily_carrier_punctuality', 'delay_weather', 'fleet_use', 'route_performance'].map(
        (name) => [`gold.${name}`, 0],
      ),
      ...['airlines', 'airports', 'flights', 'planes', 'weather'].map((name) => [`silver.${name}`, 0]),
    ]);
  });

  test('asks a server that nothing outside can reach', async () => {
    if (!isThere()) return;
    const server = (await allContainers()).find(({ service }) => service === 'dqops');
    expect(server?.facts.HostConfig.PortBindings ?? {}).toEqual({});
    expect(Object.keys(server?.facts.NetworkSettings.Networks ?? {})).toEqual([
      `${setting('COMPOSE_PROJECT_NAME')}_quality`,
    ]);
  });
});

const post = `
import json, sys, urllib.request
body = json.dumps({
    "incident_id": "of-the-stack-test", "schema": "silver", "table": "flights", "quality_dimension": "Completeness",
    "check_category": "nulls", "highest_severity": 2, "failed_checks_count": 1, "status": sys.argv[1],
    "first_seen": "2026-03-01T12:00:00Z", "last_seen": "2026-03-01T12:00:00Z",
}).encode()
print(urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:8091/incidents", body), timeout=10).status)
`;

/** Incidents on their way from whoever finds them to a terminal. */
describe('incidents', () => {
  const standing = (): readonly string[] => {
    const { incidents } = JSON.parse(expectDone('quality', '--json')) as { incidents: { id: string }[] };
    return incidents.map(({ id }) => id);
  };

  test('that the receiver is told of stand until they are resolved', async () => {
    expect((await inService('incident-receiver', 'python3', '-c', post, 'open')).trim()).toBe('200');
    expect(standing()).toContain('dqops/of-the-stack-test');
    expect((await inService('incident-receiver', 'python3', '-c', post, 'resolved')).trim()).toBe('200');
    expect(standing()).not.toContain('dqops/of-the-stack-test');
  });
});
