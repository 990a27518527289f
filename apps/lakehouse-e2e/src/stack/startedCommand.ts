import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentOf, workspace } from '../lakehouse.js';
import { platformHome } from './platform.js';

/** `./lakehouse` under way on the platform of the tests; what it says of its progress is kept. */
export class StartedCommand {
  private readonly child: ChildProcess;
  private said = '';
  /** Its exit code. */
  readonly ended: Promise<number | null>;

  constructor(...words: string[]) {
    this.child = spawn(resolve(workspace, 'lakehouse'), words, {
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

  /** Waits until it has said something, such as `✓ land`; throws Error with all that it said where it ends before. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.said)) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`It ended without saying ${pattern.source}:\n${this.said}`);
      }
      await sleep(50);
    }
  }

  /** What Ctrl-C does: to it and all that it started. */
  interrupt(): void {
    this.signal('SIGINT');
  }

  /** Kills the command line with all that it started on this machine; its containers are left alone. */
  kill(): void {
    this.signal('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, signal);
  }
}
