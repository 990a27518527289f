import { join } from 'node:path';
import { workspace, type Answer } from '../lakehouse.js';
import { expectDone, onPlatform } from './platform.js';
import { deliver, expectedGold, readingsOf, type Reading } from './readings.js';
import { StartedCommand } from './startedCommand.js';

const environment = {
  LAKEHOUSE_DOMAINS: join(workspace, 'apps/lakehouse-e2e/domains'),
  LAKEHOUSE_CONNECTION_PROBE_FILES: 'file:///files',
};

/** From now on every command tells the platform where the domain's files are: Airflow reads them at any time. */
export function keepProbeConnection(): void {
  process.env['LAKEHOUSE_CONNECTION_PROBE_FILES'] = environment.LAKEHOUSE_CONNECTION_PROBE_FILES;
}

/** The domain that faults are tried on: all that was delivered to it so far. */
export class Probe {
  private readonly delivered: Reading[] = [];
  private deliveries = 0;

  /** Delivers a further file. */
  deliver(count = 2000): void {
    this.deliveries += 1;
    const readings = readingsOf(this.deliveries, count);
    this.delivered.push(...readings);
    deliver(this.deliveries, readings);
  }

  /** Runs the domain until it ends. */
  run(): Answer {
    return withProbe(() => onPlatform('run', 'probe'));
  }

  /** Gives gold back what it was in the release before. */
  rollBack(): Answer {
    return withProbe(() => onPlatform('rollback', 'probe'));
  }

  /** Lets Airflow run the domain until it ends. */
  runViaAirflow(): Answer {
    return withProbe(() => onPlatform('run', 'probe', '--via', 'airflow'));
  }

  /** Starts a run that goes on beside the test. */
  start(): StartedCommand {
    return withProbe(() => new StartedCommand('run', 'probe'));
  }

  /** What gold has to hold. */
  expectedGold(): readonly object[] {
    return expectedGold(this.delivered);
  }

  /** Checks that gold is what was delivered. */
  expectGold(): void {
    const gold = 'select place, readings, total from gold.readings_by_place order by place';
    expect(JSON.parse(expectDone('query', gold, '--json'))).toEqual(this.expectedGold());
  }

  /** Checks the laws on what gold and ops say of all that was delivered. */
  expectLaws(): void {
    this.expectGold();
    const sums = `select sum(read) as read,
      sum(inserted + updated + unchanged + superseded_in_batch + superseded_by_target + quarantined + waiting) as accounted
      from ops.row_accounting where table_name = 'silver.readings' and step = 'refine'`;
    const rows = this.delivered.length;
    expect(JSON.parse(expectDone('query', sums, '--json'))).toEqual([{ read: rows, accounted: rows }]);
  }
}

function withProbe<T>(work: () => T): T {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  try {
    return work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
