import { createLogUpdate } from 'log-update';
import { createStyle, type Style } from '../render/style.js';

/** Answers go to standard output; everything said on the way goes to standard error. */
export interface Terminal {
  /** Of answers. */
  readonly style: Style;
  /** Of notes. */
  readonly noteStyle: Style;
  /** Whether live lines can be shown. */
  readonly interactive: boolean;
  print(text: string): void;
  note(text: string): void;
  /** Shows `text` below all notes and replaces it on the next call; an empty text removes it. */
  live(text: string): void;
}

interface Stream {
  readonly isTTY?: boolean;
}

function colored(stream: Stream, environment: Readonly<Record<string, string | undefined>>): boolean {
  const refused = environment['NO_COLOR'];
  return stream.isTTY === true && (refused === undefined || refused === '') && environment['TERM'] !== 'dumb';
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  // A terminal without a size (some CI systems and editors) cannot show lines that move.
  const interactive = stderr.isTTY && env['TERM'] !== 'dumb' && stderr.rows > 0 && stderr.columns > 0;
  const update = createLogUpdate(stderr);
  let shown = '';
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        process.exit();
      }
      throw error;
    });
  }
  return {
    style: createStyle(colored(stdout, env)),
    noteStyle: createStyle(colored(stderr, env)),
    interactive,
    print: (text) => {
      stdout.write(`${text}\n`);
    },
    note: (text) => {
      if (interactive) {
        update.persist(text);
      } else {
        stderr.write(`${text}\n`);
      }
    },
    live: (text) => {
      if (!interactive || text === shown) {
        return;
      }
      shown = text;
      if (text === '') {
        update.clear();
      } else {
        update(text);
      }
    },
  };
}
