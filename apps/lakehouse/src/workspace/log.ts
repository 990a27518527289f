import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const kept = 100;

export interface Log {
  readonly file: string;
  /** False until something was written: a silent child leaves no file. */
  readonly written: () => boolean;
  /** The last lines, for a message about a crash. */
  readonly tail: () => readonly string[];
  append(text: string): void;
}

/** A new log in `logs/` of the home; the hundred newest are kept. */
export function openLog(home: string, name: string, now: Date): Log {
  const folder = join(home, 'logs');
  const file = join(folder, `${now.toISOString().replace(/[:.]/g, '-')}-${name}.log`);
  let written = false;
  let end = '';
  return {
    file,
    written: () => written,
    tail: () =>
      end
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-12),
    append: (text) => {
      if (!written) {
        mkdirSync(folder, { recursive: true });
        const older = readdirSync(folder)
          .filter((entry) => entry.endsWith('.log'))
          .sort();
        for (const entry of older.slice(0, Math.max(0, older.length - kept + 1))) {
          rmSync(join(folder, entry), { force: true });
        }
        written = true;
      }
      end = (end + text).slice(-8000);
      appendFileSync(file, text);
    },
  };
}
