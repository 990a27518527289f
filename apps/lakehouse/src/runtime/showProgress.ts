import { liveLines, plainLines, type Progress } from '../render/progress.js';
import type { Terminal } from '../workspace/terminal.js';

const liveInterval = 100;
const plainInterval = 10_000;

/** Keeps showing what is under way, live on a terminal and now and then elsewhere, until the returned function is called. */
export function showProgress(terminal: Terminal, current: () => Progress): () => void {
  const show = (): void => {
    const progress = current();
    if (terminal.interactive) {
      terminal.live(liveLines(progress, Date.now(), terminal.noteStyle));
    } else if (progress.length > 0) {
      terminal.note(plainLines(progress, Date.now()));
    }
  };
  const timer = setInterval(show, terminal.interactive ? liveInterval : plainInterval);
  return () => {
    clearInterval(timer);
    terminal.live('');
  };
}
