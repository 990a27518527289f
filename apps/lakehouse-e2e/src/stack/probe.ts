import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentOf, workspace, type Answer } from '../lakehouse.js';
import { expectDone, onPlatform, platformHome } from './platform.js';
import { deliver, expectedGold, readingsOf, type Reading } from './readings.js';

const environment = {
  LAKEHOUSE_DOMAINS: join(workspace, 'apps/lakehouse-e2e/domains'),
  LAKEHOUSE_CONNECTION_PROBE_FILES: 'file:///files',
};

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

  /** Starts a run that goes on beside the test. */
  start(): RunningRun {
    return withProbe(() => new RunningRun());
  }

  /** Checks the laws on what gold and ops say of all that was delivered. */
  expectLaws(): void {
    const gold = 'select place, readings, total from gold.readings_by_place order by place';
    expect(JSON.parse(expectDone('query', gold, '--json'))).toEqual(expectedGold(this.delivered));
    const sums = `select sum(read) as read,
      sum(inserted + updated + unchanged + superseded_in_batch + superseded_by_target + quarantined + waiting) as accounted
      from ops.row_accounting where table_name = 'silver.readings' and step = 'refine'`;
    const rows = this.delivered.length;
    expect(JSON.parse(expectDone('query', sums, '--json'))).toEqual([{ read: rows, accounted: rows }]);
  }
}

/** A run under way; what it says of its progress is kept. */
export class RunningRun {
  private readonly child: ChildProcess;
  private said = '';
  readonly ended: Promise<number | null>;

  constructor() {
    this.child = spawn(resolve(workspace, 'lakehouse'), ['run', 'probe'], {
      cwd: workspace,
      env: environmentOf(platformHome()),
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
    });
    this.ended = new Promise((done) => this.child.once('close', done));
  }

  /** Waits until it has said something, such as `✓ land`, or has ended. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.said) && this.child.exitCode === null && this.child.signalCode === null) await sleep(50);
  }

  /** Kills the command line with all that it started on this machine; its container is left alone. */
  kill(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
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
