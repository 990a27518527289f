import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Context } from '../context.js';
import { installationOf } from '../platform/installation.js';
import { recordingTerminal, type RecordingTerminal } from '../workspace/recordingTerminal.fixture.js';
import { callRuntime } from './callRuntime.js';
import { fakeRuntime, printEvent } from './fakeRuntime.fixture.js';

describe('a call of the runtime', () => {
  let folder: string;
  let terminal: RecordingTerminal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lakehouse-call-'));
    terminal = recordingTerminal();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function contextOf(shellLines: string, environment: Readonly<Record<string, string>> = {}): Context {
    return {
      workspace: {
        root: folder,
        domains: join(folder, 'domains'),
        home: join(folder, 'home'),
        python: fakeRuntime(folder, shellLines),
        environment: { ...process.env, ...environment },
      },
      terminal,
      version: '0',
      finish: () => undefined,
    };
  }

  it('answers with the result, shows steps and problems, and leaves no log where nothing was logged', async () => {
    const context = contextOf(
      [
        printEvent({ event: 'stepStarted', step: 'land', subject: 'orders', detail: '' }),
        printEvent({
          event: 'stepFinished',
          step: 'land',
          subject: 'orders',
          seconds: 1,
          detail: '1 batch',
          rows: 8,
          accounting: null,
        }),
        printEvent({
          event: 'problem',
          severity: 'warning',
          code: 'LH2001',
          subject: 'a.csv',
          message: 'Odd.',
          fix: 'Look.',
        }),
        printEvent({ event: 'result', value: { ok: true } }),
      ].join('\n'),
    );
    const answer = await callRuntime(context, { verb: 'run', planFile: 'plan.json', arguments: ['--domain', 'shop'] });
    expect(answer).toMatchObject({ exit: 0, value: { ok: true } });
    expect(terminal.noted).toEqual([
      '✓ land     orders  8 rows, 1.0 s · 1 batch',
      'warning LH2001 a.csv\n    Odd.\n    fix: Look.',
    ]);
    expect(readFileSync(join(folder, 'calls.txt'), 'utf8')).toBe(
      `-m lakehouse_pipeline run --plan plan.json --home ${join(folder, 'home')} --domain shop\n`,
    );
    expect(existsSync(join(folder, 'home', 'logs'))).toBe(false);
  });

  it('that ends without an answer is a crash, with the end of its output and the place of its log', async () => {
    const context = contextOf('echo "not an event"; echo "java.lang.OutOfMemoryError" >&2; exit 3');
    await expect(callRuntime(context, { verb: 'run', planFile: 'plan.json', arguments: [] })).rejects.toMatchObject({
      code: 'LH3022',
      message: expect.stringContaining('java.lang.OutOfMemoryError'),
      fix: expect.stringContaining(join('home', 'logs')),
      exit: 3,
    });
  });

  it('that was killed says so', async () => {
    const context = contextOf('kill -9 $$');
    await expect(callRuntime(context, { verb: 'run', planFile: 'plan.json', arguments: [] })).rejects.toMatchObject({
      message: expect.stringContaining('it was killed'),
    });
  });

  it('that explained its failure is no crash', async () => {
    const problem = {
      event: 'problem',
      severity: 'error',
      code: 'LH2102',
      subject: 'shop',
      message: 'Held.',
      fix: 'Wait.',
    };
    const context = contextOf(`${printEvent(problem)}\nexit 4`);
    expect(await callRuntime(context, { verb: 'run', planFile: 'plan.json', arguments: [] })).toMatchObject({
      exit: 4,
      problems: [problem],
    });
  });

  it('goes to a container where the home has a platform', async () => {
    const context = contextOf('exit 9');
    const docker = join(folder, 'bin');
    mkdirSync(docker);
    const answer = printEvent({ event: 'result', value: 'from the container' });
    const script = `[ "$*" = "compose version --short" ] && echo 2.27.0 && exit; echo "$*" > '${folder}/calls'; ${answer}`;
    writeFileSync(join(docker, 'docker'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const workspace = {
      ...context.workspace,
      environment: { PATH: `${docker}:/usr/bin:/bin`, LAKEHOUSE_WORKERS: '9' },
    };
    const { envFile, project } = installationOf(workspace);
    mkdirSync(dirname(envFile), { recursive: true });
    writeFileSync(envFile, '');

    const request = { verb: 'run', planFile: '/home/plans/1.json', arguments: ['--domain', 'shop'] };
    expect(await callRuntime({ ...context, workspace }, request)).toMatchObject({
      exit: 0,
      value: 'from the container',
    });
    expect(readFileSync(join(folder, 'calls'), 'utf8').trim()).toBe(
      [
        `compose --project-directory ${folder} --file ${folder}/docker-compose.yaml --env-file ${envFile}`,
        `--project-name ${project} run --rm --no-deps -T --volume /home/plans/1.json:/plan.json:ro pipeline-runner`,
        'run --plan /plan.json --domain shop',
      ].join(' '),
    );
  });

  it('passes the connections on; what the environment says already wins', async () => {
    const context = contextOf(
      `echo "{\\"event\\":\\"result\\",\\"value\\":\\"$LAKEHOUSE_CONNECTION_ORDERS $LAKEHOUSE_CONNECTION_STOCK\\"}"`,
      { LAKEHOUSE_CONNECTION_STOCK: 'from-environment' },
    );
    writeFileSync(join(folder, 'connections.yaml'), 'orders: file:///orders\nstock: file:///stock\n');
    const answer = await callRuntime(context, { verb: 'run', planFile: 'plan.json', arguments: [] });
    expect(answer.value).toBe('file:///orders from-environment');
  });
});
