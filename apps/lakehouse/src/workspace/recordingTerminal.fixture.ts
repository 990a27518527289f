import { createStyle } from '../render/style.js';
import type { Terminal } from './terminal.js';

export interface RecordingTerminal extends Terminal {
  readonly printed: string[];
  readonly noted: string[];
}

/** A terminal without colour that keeps what it was told. */
export function recordingTerminal(): RecordingTerminal {
  const printed: string[] = [];
  const noted: string[] = [];
  return {
    style: createStyle(false),
    noteStyle: createStyle(false),
    interactive: false,
    printed,
    noted,
    print: (text) => {
      printed.push(text);
    },
    note: (text) => {
      noted.push(text);
    },
    live: () => undefined,
  };
}
