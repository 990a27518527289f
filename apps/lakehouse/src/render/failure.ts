import type { Style } from './style.js';

export interface FailureText {
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly fix: string;
  readonly severity: 'error' | 'warning';
}

/** What, where, fix: one failure as a person reads it. */
export function renderFailure(failure: FailureText, style: Style): string {
  const severity = failure.severity === 'error' ? style.red('error') : style.yellow('warning');
  return [
    `${severity} ${style.bold(failure.code)} ${failure.subject}`,
    `    ${failure.message.split('\n').join('\n    ')}`,
    ...(failure.fix === '' ? [] : [`    ${style.cyan('fix:')} ${failure.fix.split('\n').join('\n    ')}`]),
  ].join('\n');
}
