import { setTimeout as sleep } from 'node:timers/promises';
import { runsOf } from './airflow/api.js';
import { quiet } from './airflow/quiet.js';
import { allContainers, execIn } from './containers.js';
import { eventually } from './eventually.js';
import { expectDone } from './platform.js';
import { probe } from './faults/probed.js';
import { keepProbeConnection } from './probe.js';

const moments = ['probe__ingest__readings', 'probe__refine', 'probe__publish'];
const services = ['airflow-scheduler', 'airflow-dag-processor', 'airflow-triggerer', 'airflow-api-server', 'postgres'];
/** The short set. */
const short = [
  ['airflow-triggerer', 'probe__ingest__readings'],
  ['airflow-scheduler', 'probe__refine'],
  ['airflow-dag-processor', 'probe__refine'],
  ['postgres', 'probe__publish'],
] as const;

async function containerOf(service: string) {
  const found = (await allContainers()).find((running) => running.service === service && running.facts.State.Running);
  if (found === undefined) throw new Error(`${service} does not run.`);
  return found.container;
}

/** Waits until a DAG that was started since has a run under way. */
async function underWay(dag: string, since: number): Promise<void> {
  await eventually(async () => {
    const [run] = await runsOf(dag);
    return run !== undefined && Date.parse(run.start_date ?? '') > since ? true : undefined;
  }, 300);
}

/** A delivered file reaches gold, whatever is killed on its way; `all` at every moment. */
export function airflowFaults(all: boolean): void {
  describe('the laws hold under Airflow', () => {
    beforeAll(() => {
      keepProbeConnection();
      probe().deliver();
      expect(probe().runViaAirflow().code).toBe(0);
    });

    const cases = all ? services.flatMap((service) => moments.map((moment) => [service, moment] as const)) : short;
    test.each(cases)('when %s is killed in %s, and started again', async (service, moment) => {
      const since = Date.now();
      probe().deliver();
      await underWay(moment, since);
      await (await containerOf(service)).kill({ signal: 'SIGKILL' });
      await sleep(2000);
      expectDone('up');
      await expectDelivered();
    });

    test.each(all ? moments : ['probe__refine'])('when the process of a task of %s is killed', async (moment) => {
      const since = Date.now();
      probe().deliver();
      await underWay(moment, since);
      const scheduler = await containerOf('airflow-scheduler');
      await eventually(
        () => Promise.resolve(execIn(scheduler.id, ['sh', '-c', killRuntime]).includes('killed') ? true : undefined),
        60,
      );
      await expectDelivered();
    });
  });
}

/** Ends the first child of a task, as the kernel does where memory is short. */
const killRuntime = `for p in /proc/[0-9]*; do
  if tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q -- '-m lakehouse_pipeline'; then kill -9 \${p#/proc/} && echo killed && break; fi
done`;

async function expectDelivered(): Promise<void> {
  await eventually(() => {
    probe().expectLaws();
    return Promise.resolve(true);
  }, 900);
  await quiet(900);
  probe().expectLaws();
}
