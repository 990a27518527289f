import { setTimeout as sleep } from 'node:timers/promises';
import { allContainers, serviceContainer } from '../containers.js';
import { expectDone } from '../platform.js';
import { probe, runUntilDone } from './probed.js';

const moments = [/✓ land/, /ingest/, /✓ ingest/, /✓ refine/, /✓ build/];

/** The services of the short set, each at a moment of its own. */
const short = [
  ['query-server', /✓ ingest/],
  ['minio', /✓ land/],
  ['postgres', /✓ build/],
] as const;
const services = [...short.map(([service]) => service), 'spark-worker', 'spark-master', 'hive-metastore'];

/** Ends the first container of a service as a power failure does. */
async function kill(service: string): Promise<void> {
  const { container } = await serviceContainer(service);
  await container.kill({ signal: 'SIGKILL' });
}

/** Ends what runs of the pipeline; a run that came to its end meanwhile is not there any more. */
async function killRuns(): Promise<void> {
  for (const { service, container } of await allContainers()) {
    if (service !== 'pipeline-runner') continue;
    await container.kill({ signal: 'SIGKILL' }).catch((error: unknown) => {
      if ((error as { statusCode?: number }).statusCode !== 409) throw error;
    });
  }
}

async function killedAt(service: string, moment: RegExp): Promise<void> {
  probe().deliver();
  const run = probe().start();
  await run.says(moment);
  await kill(service);
  await sleep(2000);
  expectDone('up');
  await run.ended;
  runUntilDone();
  probe().expectLaws();
}

/** Services, clients and runs that meet each other in the middle of a run; `all` at every moment. */
export function killed(all: boolean): void {
  const cases = all ? services.flatMap((service) => moments.map((moment) => [service, moment] as const)) : short;
  test.each(cases)('when %s is killed in a run at %s and started again, the laws hold', killedAt);

  test('when the client is killed and the run comes at once again, the laws hold', async () => {
    probe().deliver();
    const run = probe().start();
    await run.says(/✓ land/);
    run.kill();
    await killRuns();
    runUntilDone();
    probe().expectLaws();
  });

  test('when two runs start at once, one works and the other says who holds the domain', async () => {
    probe().deliver();
    const first = probe().start();
    await first.says(/✓ land/);
    const { code, messages } = probe().run();
    expect(code).toBe(4);
    expect(messages).toMatch(/LH2102[^]*has held the lock since/);
    expect(await first.ended).toBe(0);
    probe().expectLaws();
  });
}
