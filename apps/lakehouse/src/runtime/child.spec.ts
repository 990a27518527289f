import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runChild } from './child.js';

interface Observed {
  readonly lines: string[];
  readonly end: Awaited<ReturnType<typeof runChild>>;
}

async function observe(script: string, onLine: (line: string) => void = () => undefined): Promise<Observed> {
  const lines: string[] = [];
  const end = await runChild({
    command: 'bash',
    arguments: ['-c', script],
    folder: '/',
    environment: process.env,
    onLine: (line) => {
      lines.push(line);
      onLine(line);
    },
    onErrorText: () => undefined,
    onInterrupt: () => {
      lines.push('interrupted');
    },
  });
  return { lines, end };
}

describe('a child', () => {
  it('hands over its lines and its exit code', async () => {
    const { lines, end } = await observe('echo one; echo two; exit 3');
    expect(lines).toEqual(['one', 'two']);
    expect(end).toEqual({ exit: 3, interrupted: false, startError: null });
  });

  it('that cannot be started says so', async () => {
    const end = await runChild({
      command: '/nowhere/python',
      arguments: [],
      folder: '/',
      environment: {},
      onLine: () => undefined,
      onErrorText: () => undefined,
      onInterrupt: () => undefined,
    });
    expect(end.startError).toContain('ENOENT');
  });

  it('gets the first signal and may clean up', async () => {
    const { lines, end } = await observe(
      'trap "echo cleaned; exit 130" INT; echo ready; while :; do sleep 0.05; done',
      (line) => {
        if (line === 'ready') {
          process.emit('SIGINT', 'SIGINT');
        }
      },
    );
    expect(lines).toEqual(['ready', 'interrupted', 'cleaned']);
    expect(end).toEqual({ exit: 130, interrupted: true, startError: null });
  });

  it('is killed by the second signal, with all that it started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lakehouse-child-'));
    const traces = join(folder, 'traces');
    const { end } = await observe(
      `trap "" INT; (while :; do echo x >> '${traces}'; sleep 0.01; done) & sleep 0.2; echo ready; wait`,
      () => {
        process.emit('SIGINT', 'SIGINT');
        process.emit('SIGINT', 'SIGINT');
      },
    );
    expect(end).toMatchObject({ exit: null, interrupted: true });
    const size = statSync(traces).size;
    await setTimeout(300);
    expect(statSync(traces).size).toBe(size);
    rmSync(folder, { recursive: true });
  });

  it('leaves no handler of signals behind', async () => {
    const before = process.listenerCount('SIGINT');
    await observe('exit 0');
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
