import type { Terminal } from './workspace/terminal.js';
import type { Workspace } from './workspace/workspace.js';

/** What every command gets: the folders it works on and the terminal it speaks to. */
export interface Context {
  readonly workspace: Workspace;
  readonly terminal: Terminal;
  /** Of the product. */
  readonly version: string;
  /** Sets the exit code of the process; the largest one wins. */
  readonly finish: (code: number) => void;
}
