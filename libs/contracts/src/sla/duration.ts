import type { AgeUnit } from '@lakehouse/plan';

/** A unit of time as the plan names it, as people say it, and its length. */
export interface DurationUnit {
  readonly name: AgeUnit;
  readonly word: string;
  readonly seconds: number;
}

const second: DurationUnit = { name: 's', word: 'second', seconds: 1 };
const minute: DurationUnit = { name: 'min', word: 'minute', seconds: 60 };
const hour: DurationUnit = { name: 'h', word: 'hour', seconds: 3600 };
const day: DurationUnit = { name: 'd', word: 'day', seconds: 24 * 3600 };
const week: DurationUnit = { name: 'w', word: 'week', seconds: 7 * 24 * 3600 };
const month: DurationUnit = { name: 'months', word: 'month', seconds: 30 * 24 * 3600 };
const year: DurationUnit = { name: 'y', word: 'year', seconds: 365 * 24 * 3600 };

const units: Readonly<Record<string, DurationUnit>> = {
  s: second,
  second,
  seconds: second,
  min: minute,
  minute,
  minutes: minute,
  h: hour,
  hr: hour,
  hour,
  hours: hour,
  d: day,
  day,
  days: day,
  w: week,
  week,
  weeks: week,
  month,
  months: month,
  y: year,
  yr: year,
  year,
  years: year,
};

/** Units of a service level; `m` is left out because it may be minutes or months. A month has 30 days, a year 365. */
export const durationUnits = Object.keys(units);

/** The unit of this name, in whatever case; null where it is not known. */
export function durationUnit(name: string): DurationUnit | null {
  const key = name.toLowerCase();
  return Object.hasOwn(units, key) ? (units[key] ?? null) : null;
}

/** `2 days`, `1 hour`. */
export function describeDuration(value: number, { word }: DurationUnit): string {
  return `${value} ${word}${value === 1 ? '' : 's'}`;
}
