import type { Context } from '../context.js';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';
import { begin, finishedLine, noProgress } from '../render/progress.js';
import { isPrepared } from '../workspace/demoFolder.js';
import { openLog } from '../workspace/log.js';
import { runChild } from './child.js';
import { showProgress } from './showProgress.js';

const step = { step: 'prepare', subject: 'demo sources' };

/** Makes the demo's source data in `folder` unless it is there already; false, with the exit code set, where it was interrupted. */
export async function prepareDemoSources(context: Context, folder: string, faults: boolean): Promise<boolean> {
  const { terminal, workspace } = context;
  if (await isPrepared(folder, faults)) {
    return true;
  }
  const log = openLog(workspace.home, 'demo-sources', new Date());
  const started = Date.now();
  const hideProgress = showProgress(terminal, () => begin(noProgress, step.step, step.subject, started));
  const end = await runChild({
    command: workspace.python,
    arguments: ['-m', 'demo_sources', 'prepare', '--into', folder, '--faults', faults ? 'default' : 'none'],
    folder: workspace.root,
    environment: { ...workspace.environment, PYTHONUNBUFFERED: '1' },
    onLine: () => undefined,
    onErrorText: (text) => {
      log.append(text);
    },
    onInterrupt: () => {
      terminal.note('Stopping; press Ctrl-C again to kill it.');
    },
  });
  hideProgress();
  if (end.interrupted) {
    context.finish(exitCode.interrupted);
    return false;
  }
  if (end.exit !== exitCode.ok) {
    throw new Failure(
      'LH3034',
      'demo sources',
      ['The data of the demo could not be prepared.', ...log.tail().map((line) => `  ${line}`)].join('\n'),
      `Start through ./lakehouse, which installs what it needs${log.written() ? `; the whole log is ${log.file}` : ''}.`,
    );
  }
  const seconds = (Date.now() - started) / 1000;
  const detail = 'a year of files, a database and an HTTP API';
  terminal.note(finishedLine({ ...step, rows: null, seconds, detail }, terminal.noteStyle));
  return true;
}
