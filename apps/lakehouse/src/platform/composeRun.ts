import { type Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { runChild } from '../runtime/child.js';
import { openLog } from '../workspace/log.js';
import { composeCommand } from './composeClient.js';
import { composeEnvironment } from './composeEnvironment.js';
import { type Installation } from './installation.js';

export interface ComposeRun {
  /** Name of the compose file. Default: docker-compose.yaml */
  readonly file?: string;
  readonly abort?: AbortSignal;
  /** Called with each line of its standard output. */
  readonly onLine?: (line: string) => void;
}

/**
 * Lets docker-compose do something with an installation; false, with the exit code set, where it was interrupted.
 *
 * Throws Failure LH3104 with what it said where it fails.
 */
export async function composeRun(
  context: Context,
  installation: Installation,
  rest: readonly string[],
  { file, abort, onLine }: ComposeRun = {},
): Promise<boolean> {
  const { terminal, workspace } = context;
  const log = openLog(workspace.home, `compose-${rest[0] ?? ''}`, new Date());
  const { command, arguments: words } = composeCommand(installation, workspace.environment, rest, file);
  const end = await runChild({
    command,
    arguments: words,
    ...(abort === undefined ? {} : { abort }),
    folder: installation.root,
    environment: composeEnvironment(workspace.environment),
    onLine: (line) => {
      log.append(`${line}\n`);
      onLine?.(line);
    },
    onErrorText: (text) => {
      log.append(text);
    },
    onInterrupt: () => {
      terminal.note('Stopping; press Ctrl-C again to kill it.');
    },
  });
  if (abort?.aborted === true) return false;
  if (end.interrupted) {
    context.finish(exitCode.interrupted);
    return false;
  }
  if (end.exit !== 0) {
    const said = log.tail().map((line) => `  ${line}`);
    throw new Failure(
      'LH3104',
      `docker-compose ${rest[0] ?? ''}`,
      [end.startError ?? `It failed (exit code ${end.exit ?? 'none'}).`, ...said].join('\n'),
      './lakehouse doctor looks for what may stand in the way.',
    );
  }
  return true;
}
