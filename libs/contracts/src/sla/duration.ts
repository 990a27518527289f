const hours: Readonly<Record<string, number>> = {
  s: 1 / 3600,
  second: 1 / 3600,
  seconds: 1 / 3600,
  min: 1 / 60,
  minute: 1 / 60,
  minutes: 1 / 60,
  h: 1,
  hr: 1,
  hour: 1,
  hours: 1,
  d: 24,
  day: 24,
  days: 24,
  w: 24 * 7,
  week: 24 * 7,
  weeks: 24 * 7,
  month: 24 * 30,
  months: 24 * 30,
  y: 24 * 365,
  yr: 24 * 365,
  year: 24 * 365,
  years: 24 * 365,
};

/** Units of a service level; `m` is left out because it may be minutes or months. A month has 30 days, a year 365. */
export const durationUnits = Object.keys(hours);

/** The hours of a duration, or null where the unit is not known. */
export function durationInHours(value: number, unit: string): number | null {
  const factor = Object.hasOwn(hours, unit.toLowerCase()) ? hours[unit.toLowerCase()] : undefined;
  return factor === undefined ? null : value * factor;
}
