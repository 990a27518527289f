import type { Event } from '@lakehouse/plan';
import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { renderFailure } from '../render/failure.js';
import { renderPath } from '../render/path.js';
import { advance, begin, finishedLine, noProgress } from '../render/progress.js';
import { openLog, type Log } from '../workspace/log.js';
import { runChild, type ChildEnd } from './child.js';
import { readEvent } from './readEvent.js';
import { runtimeCommand, type Invocation } from './runtimeCommand.js';
import { showProgress } from './showProgress.js';

export interface RuntimeRequest extends Invocation {
  /** Leaves no line for each step that ended; problems and what is under way are shown always. */
  readonly quiet?: boolean;
}

export interface RuntimeAnswer {
  readonly exit: number;
  /** Value of the last result event; undefined where there was none. */
  readonly value: unknown;
  readonly problems: readonly Extract<Event, { event: 'problem' }>[];
}

/** Milliseconds after which a call that says nothing is shown as under way. */
const patience = 1000;

function crash(verb: string, end: ChildEnd, log: Log): Failure {
  const code = end.exit === null ? 'it was killed' : `exit code ${String(end.exit)}`;
  const tail = log.tail();
  return new Failure(
    'LH3022',
    verb,
    [`The pipeline stopped before it finished (${code}).`, ...tail.map((line) => `  ${line}`)].join('\n'),
    log.written()
      ? `Read ${log.file}; running it again continues where it stopped.`
      : 'Run it again: it continues where it stopped.',
  );
}

/** Events that a verb ends with, be it well or badly. */
function isLast(event: Event): boolean {
  return event.event === 'result' || event.event === 'runFinished';
}

/** Calls a verb of the Python runtime, shows its progress and problems, and returns its answer. */
export async function callRuntime(context: Context, request: RuntimeRequest): Promise<RuntimeAnswer> {
  const { terminal, workspace } = context;
  const style = terminal.noteStyle;
  const log = openLog(workspace.home, request.verb, new Date());
  const events: Event[] = [];
  let progress = noProgress;

  const onEvent = (event: Event): void => {
    events.push(event);
    progress = advance(progress, event, Date.now());
    if (event.event === 'problem') {
      terminal.note(renderFailure(event, style));
    } else if (event.event === 'stepFinished' && request.quiet !== true) {
      terminal.note(finishedLine(event, style));
    }
  };
  const started = Date.now();
  const hideProgress = showProgress(terminal, () =>
    progress.length > 0 || Date.now() - started < patience ? progress : begin(noProgress, request.verb, '', started),
  );
  try {
    const command = await runtimeCommand(workspace, request);
    const end = await runChild({
      ...command,
      folder: workspace.root,
      onLine: (line) => {
        const event = readEvent(line);
        if (event === null) {
          log.append(`${line}\n`);
        } else {
          onEvent(event);
        }
      },
      onErrorText: (text) => {
        log.append(text);
      },
      onInterrupt: () => {
        terminal.note(style.yellow('Stopping; press Ctrl-C again to kill it.'));
      },
    });
    if (end.startError !== null) {
      throw new Failure(
        'LH3021',
        command.command,
        `It could not be started: ${end.startError}.`,
        'Start through ./lakehouse, which prepares what it needs.',
      );
    }
    const value = events.findLast((event) => event.event === 'result')?.value;
    const problems = events.filter((event) => event.event === 'problem');
    if (end.interrupted) {
      return { exit: exitCode.interrupted, value, problems };
    }
    const explained = problems.some(({ severity }) => severity === 'error') || events.some(isLast);
    if (!explained) {
      throw crash(request.verb, end, log);
    }
    if (end.exit === exitCode.failed && log.written()) {
      terminal.note(`    ${style.cyan('log:')} ${renderPath(log.file)}`);
    }
    return { exit: end.exit ?? exitCode.failed, value, problems };
  } finally {
    hideProgress();
  }
}
