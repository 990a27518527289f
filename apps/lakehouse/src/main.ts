import { CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { exitCode } from './exitCode.js';
import { Failure } from './failure.js';
import { createProgram } from './program.js';
import { renderFailure } from './render/failure.js';
import { openTerminal } from './workspace/terminal.js';
import { openWorkspace } from './workspace/workspace.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const terminal = openTerminal();

function finish(code: number): void {
  process.exitCode = Math.max(code, Number(process.exitCode ?? exitCode.ok));
}

function explain(error: unknown): void {
  if (error instanceof CommanderError) {
    finish(error.exitCode === 0 ? exitCode.ok : exitCode.usage);
    return;
  }
  if (error instanceof Failure) {
    const { code, subject, message, fix } = error;
    terminal.note(renderFailure({ code, subject, message, fix, severity: 'error' }, terminal.noteStyle));
    finish(error.exit);
    return;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.note(
    renderFailure(
      {
        severity: 'error',
        code: 'LH3020',
        subject: 'lakehouse',
        message: `This is a defect of the command line.\n${stack}`,
        fix: 'Please report it with the text above.',
      },
      terminal.noteStyle,
    ),
  );
  finish(exitCode.failed);
}

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

try {
  await createProgram({ workspace: openWorkspace(root, process.env), terminal, version, finish }).parseAsync();
} catch (error) {
  explain(error);
}
