import { setTimeout as sleep } from 'node:timers/promises';
import { allContainers } from './containers.js';
import { expectDone } from './platform.js';
import { Probe } from './probe.js';

const probe = new Probe();
const services = ['query-server', 'spark-worker', 'minio', 'postgres', 'spark-master', 'hive-metastore'];
const moments = [/✓ land/, /ingest/, /✓ ingest/, /✓ refine/, /✓ build/];

/** Ends the first container of a service as a power failure does. */
async function kill(service: string): Promise<void> {
  const found = (await allContainers()).find((running) => running.service === service && running.facts.State.Running);
  await found?.container.kill({ signal: 'SIGKILL' });
}

/** Runs until one ends well: what a scheduler's retries do. */
function runUntilDone(): void {
  const said: string[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const { code, messages } = probe.run();
    if (code === 0) return;
    said.push(messages);
  }
  throw new Error(`No run ended well:\n${said.join('\n\n')}`);
}

/** Each fault comes in the middle of a run; afterwards the tables are those of a run that met none. */
export const faults = (): void => {
  describe('the laws hold', inEveryFault);
};

function inEveryFault(): void {
  test('without any fault', () => {
    probe.deliver();
    runUntilDone();
    probe.expectLaws();
  });

  describe.each(services)('when %s is killed in a run', (service) => {
    test.each(moments)('at %s, and started again', async (moment) => {
      probe.deliver();
      const run = probe.start();
      await run.says(moment);
      await kill(service);
      await sleep(2000);
      expectDone('up');
      await run.ended;
      runUntilDone();
      probe.expectLaws();
    });
  });

  test('when the client is killed, and the run comes at once again', async () => {
    probe.deliver();
    const run = probe.start();
    await run.says(/✓ ingest/);
    run.kill();
    await kill('pipeline-runner');
    runUntilDone();
    probe.expectLaws();
  });

  test('when two runs start at once: one works, the other says who holds the domain', async () => {
    probe.deliver();
    const first = probe.start();
    await first.says(/✓ land/);
    const { code, messages } = probe.run();
    expect({ code, messages }).toEqual({
      code: 4,
      messages: expect.stringMatching(/LH2102[^]*has held the lock since/),
    });
    expect(await first.ended).toBe(0);
    probe.expectLaws();
  });
}
