import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const workspace = resolve(__dirname, '../../../..');
const python = join(workspace, '.venv/bin/python');
let home: string;
const children: ChildProcess[] = [];

beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'lakehouse-hold-'))));
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true });
});

/** A process that holds the installation until it is killed, and what it says. */
function holder(): { readonly child: ChildProcess; readonly says: (text: RegExp) => Promise<void> } {
  const program = `
    import { holdInstallation } from './apps/lakehouse/src/platform/holdInstallation.ts';
    const context = { workspace: { python: ${JSON.stringify(python)} }, finish: () => {} };
    const held = await holdInstallation(context, { home: ${JSON.stringify(home)} });
    console.error('held', held);
    setInterval(() => {}, 1000);`;
  const words = ['--conditions=@lakehouse/source', '--import', 'tsx', '--input-type=module', '--eval', program];
  const child = spawn(process.execPath, words, { cwd: workspace, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const says = async (text: RegExp): Promise<void> => {
    while (!text.test(said)) {
      if (child.exitCode !== null) throw new Error(`It ended without saying ${text.source}:\n${said}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  return { child, says };
}

it('lets one command at a time change an installation, also where the one before was killed', async () => {
  const first = holder();
  await first.says(/held true/);
  const second = holder();
  await second.says(/Another .\/lakehouse changes the platform in .*; waiting for it/);
  first.child.kill('SIGKILL');
  await second.says(/held true/);
}, 60_000);
