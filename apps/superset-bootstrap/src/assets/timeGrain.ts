import type { Chart } from '@lakehouse/plan';

type Grain = NonNullable<Chart['grain']>;

/** Steps by the ISO 8601 durations that Superset knows them by. */
export const timeGrains: Readonly<Record<Grain, string>> = {
  second: 'PT1S',
  minute: 'PT1M',
  hour: 'PT1H',
  day: 'P1D',
  week: 'P1W',
  month: 'P1M',
  quarter: 'P3M',
  year: 'P1Y',
};
