import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeProgramsFirst } from './fakePrograms.fixture.js';

const toolchain = join(import.meta.dirname, '..');
const java = "echo '    java.home = /java' >&2; echo '    java.specification.version = 17' >&2";

let workspace = '';
let environment: NodeJS.ProcessEnv = {};

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), "lakehouse start's ")));
  for (const part of ['src', 'requirements', 'delta-jars.json']) {
    cpSync(join(toolchain, part), join(workspace, 'tools/toolchain', part), { recursive: true });
  }
  writeFileSync(join(workspace, 'package-lock.json'), '{"packages": {"node_modules/a": {"version": "1.0.0"}}}');
  const programs = join(workspace, 'programs');
  environment = {
    ...fakeProgramsFirst(programs, {
      java,
      npm: 'echo npm >> calls; sleep 0.3; mkdir -p node_modules',
      // Python describes itself as this script; it makes a virtual environment with a fake Python in it, and locks as Python does.
      python3: `case "$1 $2" in
  *ensurepip*) echo "3.12 $0"; echo venv ;;
  "-m venv") echo venv >> calls; mkdir -p "$3/bin" "$3/lib/python3/site-packages"; cp "$(dirname "$0")/venv-python" "$3/bin/python" ;;
  *) PATH=\${PATH#*:}; exec python3 "$@" ;;
esac`,
      'venv-python': `case "$1" in
  -m) echo "pip begins" >> calls; sleep "$PIP_SECONDS"; echo "pip ends" >> calls ;;
  *) echo jars >> calls; mkdir -p "$3" ;;
esac`,
    }),
    PIP_SECONDS: '0.1',
  };
});
afterEach(() => {
  rmSync(workspace, { recursive: true });
});

/** Starts the toolchain; `calls` in the workspace tells what it started in its turn. */
function start(): {
  readonly kill: () => void;
  readonly ended: Promise<{ status: number | null; out: string; err: string }>;
} {
  const child = spawn(process.execPath, [join(workspace, 'tools/toolchain/src/main.cjs')], {
    cwd: workspace,
    env: environment,
  });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
  return {
    kill: () => child.kill('SIGKILL'),
    ended: new Promise((resolve) =>
      child.on('exit', (status) => {
        resolve({ status, ...texts });
      }),
    ),
  };
}

function calls(): readonly string[] {
  const file = join(workspace, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

const once = ['jars', 'npm', 'pip begins', 'pip begins', 'pip ends', 'pip ends', 'venv'];

jest.setTimeout(60_000);

describe('the start of the toolchain', () => {
  it('prepares everything once, and nothing the next time', async () => {
    const first = await start().ended;
    expect(first.status).toBe(0);
    expect(first.out).toContain("export JAVA_HOME='/java'");
    expect([...calls()].sort()).toEqual(once);

    const second = await start().ended;
    expect(second).toMatchObject({ status: 0, out: first.out });
    expect([...calls()].sort()).toEqual(once);
  });

  it('installs anew only what a changed lock file asks for', async () => {
    await start().ended;
    rmSync(join(workspace, 'calls'));

    appendFileSync(join(workspace, 'tools/toolchain/requirements/runtime.txt'), '# changed\n');
    await start().ended;
    expect(calls()).toEqual(['pip begins', 'pip ends', 'pip begins', 'pip ends']);

    rmSync(join(workspace, 'calls'));
    appendFileSync(join(workspace, 'package-lock.json'), '\n');
    await start().ended;
    expect(calls()).toEqual(['npm']);
  });

  it('takes what an npm install by hand has brought', async () => {
    await start().ended;
    rmSync(join(workspace, 'calls'));

    const lock = JSON.stringify({
      packages: {
        'node_modules/a': { version: '2.0.0' },
        'node_modules/b-win32': { version: '1.0.0', optional: true },
      },
    });
    writeFileSync(join(workspace, 'package-lock.json'), lock);
    writeFileSync(join(workspace, 'node_modules/.package-lock.json'), lock);
    await start().ended;
    expect(calls()).toEqual([]);
  });

  it('prepares once when started twice at the same time', async () => {
    const [first, second] = await Promise.all([start().ended, start().ended]);

    expect([first.status, second.status]).toEqual([0, 0]);
    expect(first.out).toBe(second.out);
    expect([...calls()].sort()).toEqual(once);
  });

  it('begins anew after a kill, once the killed start has let go', async () => {
    environment = { ...environment, PIP_SECONDS: '4' };
    const killed = start();
    while (!calls().includes('pip begins')) {
      await sleep(20);
    }
    killed.kill();
    await killed.ended;

    environment = { ...environment, PIP_SECONDS: '0.1' };
    const next = await start().ended;

    expect(next).toMatchObject({ status: 0, err: expect.stringContaining('waiting') });
    expect(calls().filter((call) => !['npm', 'jars'].includes(call))).toEqual([
      ...['venv', 'pip begins', 'pip ends'],
      ...['venv', 'pip begins', 'pip ends', 'pip begins', 'pip ends'],
    ]);
  });

  it('tells what an installer said, and tries again the next time', async () => {
    const working = environment;
    environment = fakeProgramsFirst(join(workspace, 'failing'), { npm: 'echo "npm error code E503"; exit 1', java });
    environment['PATH'] = (environment['PATH'] ?? '').replace(
      join(workspace, 'failing'),
      `${join(workspace, 'failing')}:${join(workspace, 'programs')}`,
    );
    environment['PIP_SECONDS'] = '0.1';

    const failed = await start().ended;
    expect(failed).toMatchObject({ status: 3, out: '' });
    expect(failed.err).toMatch(/error LH3004: .*failed \(exit code 1\):\n {2}npm error code E503\n {2}fix: /);

    environment = working;
    expect(await start().ended).toMatchObject({ status: 0 });
  });
});
