import type { Path } from '../position.js';
import type { Problem } from '../problem.js';
import type { YamlDocument } from '../yaml/document.js';
import { positionOf } from '../yaml/positionOf.js';

export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  /** Point at the last key of the path instead of its value. */
  readonly at?: 'key' | 'value';
}

/** Takes down what is wrong with one file, by the path of the node that is to blame. */
export interface Reporter {
  error(path: Path, finding: Finding): void;
  warning(path: Path, finding: Finding): void;
}

/** A reporter that appends to `problems`. */
export function reporterOf(document: YamlDocument, problems: Problem[]): Reporter {
  const add = (severity: Problem['severity'], path: Path, { code, message, fix, at }: Finding): void => {
    problems.push({ code, severity, file: document.file, ...positionOf(document, path, at), message, fix });
  };
  return {
    error: (path, finding) => {
      add('error', path, finding);
    },
    warning: (path, finding) => {
      add('warning', path, finding);
    },
  };
}
