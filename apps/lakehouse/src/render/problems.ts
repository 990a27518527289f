import type { Problem } from '@lakehouse/contracts';
import { formatCount } from './format.js';
import type { Style } from './style.js';

function location(problem: Problem): string {
  return problem.line === 0 ? problem.file : `${problem.file}:${String(problem.line)}:${String(problem.column)}`;
}

function indented(text: string): string {
  return text.split('\n').join('\n    ');
}

function render(problem: Problem, style: Style): string {
  const severity = problem.severity === 'error' ? style.red('error') : style.yellow('warning');
  return [
    `${location(problem)} ${severity} ${style.bold(problem.code)}`,
    `    ${indented(problem.message)}`,
    ...(problem.fix === '' ? [] : [`    ${style.cyan('fix:')} ${indented(problem.fix)}`]),
  ].join('\n');
}

/** `2 errors and 1 warning in 2 files`. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  const parts = [
    ...(errors === 0 ? [] : [formatCount(errors, 'error')]),
    ...(warnings === 0 ? [] : [formatCount(warnings, 'warning')]),
  ];
  const files = new Set(problems.map((problem) => problem.file)).size;
  return parts.length === 0 ? 'no problems' : `${parts.join(' and ')} in ${formatCount(files, 'file')}`;
}

/** Every problem with its place and what to do, by file and line, then their number. */
export function renderProblems(problems: readonly Problem[], style: Style): string {
  if (problems.length === 0) {
    return '';
  }
  const files = [...new Set(problems.map((problem) => problem.file))].sort();
  const blocks = files.map((file) =>
    problems
      .filter((problem) => problem.file === file)
      .sort((left, right) => left.line - right.line || left.column - right.column)
      .map((problem) => render(problem, style))
      .join('\n'),
  );
  return [...blocks, style.bold(countProblems(problems))].join('\n\n');
}
