import type { Problem } from '@lakehouse/contracts';
import { textPosition } from './textPosition.js';

/** A text file of the workspace. */
export interface SourceFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Remark {
  readonly code: string;
  readonly severity?: Problem['severity'];
  /** Where in the text. Null: the file itself. */
  readonly offset: number | null;
  readonly message: string;
  readonly fix: string;
}

/** A problem at an offset of a file. */
export function problemIn(file: SourceFile, { code, severity = 'error', offset, message, fix }: Remark): Problem {
  const position = offset === null ? { line: 0, column: 0 } : textPosition(file.text, offset);
  return { code, severity, file: file.path, ...position, message, fix };
}
