import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type Context } from '../context.js';
import { Failure } from '../failure.js';
import { begin, finishedLine, noProgress } from '../render/progress.js';
import { runChild } from '../runtime/child.js';
import { showProgress } from '../runtime/showProgress.js';
import { openLog } from '../workspace/log.js';
import { isOurs } from './fetchImages.js';

/** What a failed image said last. */
const shownLines = 12;

/**
 * Builds those of our images that are missing or made of other files; false where it was interrupted.
 *
 * Throws Failure LH3103 where one cannot be built.
 */
export async function buildImages(context: Context, images: readonly string[]): Promise<boolean> {
  const { terminal, workspace } = context;
  const projects = images.filter(isOurs).map((image) => `@${image.replace(/:.*$/, '')}`);
  const log = openLog(workspace.home, 'images', new Date());
  let subject = 'looking what changed';
  let since = Date.now();
  let progress = begin(noProgress, 'images', subject, since);
  const hide = showProgress(terminal, () => progress);
  let refused: string | undefined;
  let said: readonly string[] = [];
  const onLine = (line: string): void => {
    log.append(`${line}\n`);
    const ofImage = /^@lakehouse\/[\w-]+: (.*)$/.exec(stripVTControlCharacters(line))?.[1]?.trimEnd();
    if (ofImage !== undefined && ofImage !== '') said = [...said, ofImage].slice(-shownLines);
    refused ??= /was not built: (.*)$/.exec(line)?.[1];
    const image = /^> nx run @(lakehouse\/[\w-]+):image/.exec(line)?.[1];
    if (image !== undefined) {
      [subject, since] = [image, Date.now()];
    }
    const step = /^Step (\d+)\/(\d+) : (.*)$/.exec(line);
    const shown =
      step === null
        ? subject
        : `${subject}: step ${step[1] ?? ''} of ${step[2] ?? ''}, ${(step[3] ?? '').slice(0, 60)}`;
    progress = begin(noProgress, 'images', shown, since);
    if (/ was built /.test(line)) {
      const seconds = (Date.now() - since) / 1000;
      terminal.note(finishedLine({ step: 'image', subject, rows: null, seconds, detail: 'built' }, terminal.noteStyle));
    }
  };
  const end = await runChild({
    command: process.execPath,
    arguments: [
      join('node_modules', '.bin', 'nx'),
      ...['run-many', '-t', 'image', '-p', projects.join(','), '--parallel=1', '--nxBail', '--output-style=stream'],
    ],
    folder: workspace.root,
    environment: { ...workspace.environment, NX_DAEMON: 'false', NX_PREFIX_OUTPUT: 'false', NO_COLOR: '1' },
    onLine,
    onErrorText: (text) => {
      log.append(text);
    },
    onInterrupt: () => {
      terminal.note('Stopping; press Ctrl-C again to kill it.');
    },
  });
  hide();
  if (end.interrupted) return false;
  if (end.exit !== 0) {
    throw new Failure(
      'LH3103',
      subject,
      [`The image was not built: ${refused ?? 'see its last lines'}`, ...said.map((line) => `  ${line}`)].join('\n'),
      `Read ${log.file}; behind a company proxy or mirror see docker/README.md. ./lakehouse up goes on from here.`,
    );
  }
  return true;
}
