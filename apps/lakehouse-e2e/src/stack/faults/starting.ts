import { setTimeout as sleep } from 'node:timers/promises';
import { allContainers, serviceContainer } from '../containers.js';
import { expectDone } from '../platform.js';
import { StartedCommand } from '../startedCommand.js';
import { probe, runUntilDone } from './probed.js';

async function healthy(): Promise<readonly string[]> {
  const running = (await allContainers()).filter(({ facts }) => facts.State.Health?.Status === 'healthy');
  return running.map(({ service }) => service).sort();
}

/** What happens to `up` itself. */
export function starting(): void {
  test('`up` interrupted half-way, then again, brings everything up with its data', async () => {
    const before = await healthy();
    expectDone('down');
    const interrupted = new StartedCommand('up');
    await interrupted.says(/✓ start +(minio|postgres)/);
    interrupted.interrupt();
    expect(await interrupted.ended).toBe(130);
    expectDone('up');
    expect(await healthy()).toEqual(before);
    probe().expectLaws();
  });

  test('two `up`s at once: the second waits for the first, and both end well', async () => {
    expectDone('down');
    const first = new StartedCommand('up');
    const second = new StartedCommand('up');
    expect([await first.ended, await second.ended]).toEqual([0, 0]);
    probe().expectLaws();
  });

  test("the metastore's database is away for a minute in a run, and the laws hold", async () => {
    probe().deliver();
    const run = probe().start();
    await run.says(/✓ ingest/);
    const { container } = await serviceContainer('postgres');
    await container.stop({ t: 10 });
    await sleep(60_000);
    await container.start();
    await run.ended;
    expectDone('up');
    runUntilDone();
    probe().expectLaws();
  });
}
