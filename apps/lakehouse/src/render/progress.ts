import type { Event } from '@lakehouse/plan';
import { formatBytes, formatCount, formatNumber, formatSeconds } from './format.js';
import type { Style } from './style.js';

interface ActiveStep {
  readonly step: string;
  readonly subject: string;
  readonly since: number;
  readonly done: number | null;
  readonly total: number | null;
  readonly unit: string;
  readonly detail: string;
}

/** The steps under way; times in milliseconds. */
export type Progress = readonly ActiveStep[];

export const noProgress: Progress = [];

/** Progress with one more step under way. */
export function begin(progress: Progress, step: string, subject: string, now: number, detail = ''): Progress {
  return [
    ...progress.filter((active) => active.step !== step || active.subject !== subject),
    { step, subject, since: now, done: null, total: null, unit: '', detail },
  ];
}

/** Progress after an event. */
export function advance(progress: Progress, event: Event, now: number): Progress {
  switch (event.event) {
    case 'stepStarted':
      return begin(progress, event.step, event.subject, now, event.detail);
    case 'progress':
      return progress.map((active) =>
        active.step === event.step && active.subject === event.subject
          ? { ...active, done: event.done, total: event.total, unit: event.unit, detail: event.detail ?? '' }
          : active,
      );
    case 'stepFinished':
      return progress.filter((active) => active.step !== event.step || active.subject !== event.subject);
    case 'runFinished':
      return [];
    default:
      return progress;
  }
}

function amount(value: number, unit: string): string {
  return unit === 'bytes' ? formatBytes(value) : formatNumber(value);
}

function describe(active: ActiveStep): string {
  if (active.done === null) {
    return '';
  }
  const unit = active.unit === 'bytes' ? '' : ` ${active.unit}`;
  return active.total === null
    ? `${amount(active.done, active.unit)}${unit}`
    : `${amount(active.done, active.unit)} of ${amount(active.total, active.unit)}${unit}`;
}

function bar(active: ActiveStep, style: Style): string {
  if (active.done === null || active.total === null || active.total <= 0) {
    return '';
  }
  const filled = Math.min(20, Math.max(0, Math.round((active.done / active.total) * 20)));
  return `${style.cyan('━'.repeat(filled))}${style.dim('━'.repeat(20 - filled))} `;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** The block of lines that a terminal shows while steps are under way. */
export function liveLines(progress: Progress, now: number, style: Style): string {
  const frame = frames[Math.floor(now / 100) % frames.length] ?? '';
  return progress
    .map((active) => {
      const parts = [describe(active), active.detail, formatSeconds((now - active.since) / 1000)].filter(
        (part) => part !== '',
      );
      return `${style.cyan(frame)} ${active.step.padEnd(8)} ${active.subject}  ${bar(active, style)}${style.dim(parts.join(', '))}`;
    })
    .join('\n');
}

/** The same as plain text, for output that is not a terminal. */
export function plainLines(progress: Progress, now: number): string {
  return progress
    .map((active) => {
      const parts = [describe(active), active.detail, formatSeconds((now - active.since) / 1000)].filter(
        (part) => part !== '',
      );
      return `… ${active.step.padEnd(8)} ${active.subject}  ${parts.join(', ')}`;
    })
    .join('\n');
}

/** The line that stays when a step ended. */
export function finishedLine(
  event: {
    readonly step: string;
    readonly subject: string;
    readonly rows: number | null;
    readonly seconds: number;
    readonly detail: string;
  },
  style: Style,
): string {
  const rows = event.rows === null ? '' : `${formatCount(event.rows, 'row')}, `;
  const mark = /\bfailed\b/.test(event.detail) ? style.red('✗') : style.green('✓');
  return `${mark} ${event.step.padEnd(8)} ${event.subject}  ${style.dim(
    [`${rows}${formatSeconds(event.seconds)}`, event.detail].filter((part) => part !== '').join(' · '),
  )}`;
}
