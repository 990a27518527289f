import { type Outcome } from './outcome.js';

/** The last line of a run: `12 passed, 0 failed`, and how many were skipped where any were. */
export function closingLine(outcomes: readonly Outcome[]): string {
  const passed = sum(outcomes.map((outcome) => outcome.passed));
  const failed = sum(outcomes.map((outcome) => outcome.failed.length));
  const skipped = sum(outcomes.map((outcome) => outcome.skipped.length));
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
