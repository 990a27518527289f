import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformHome } from './platform.js';

/** One row of the source of the domain `probe`. */
export interface Reading {
  readonly id: number;
  readonly place: string;
  readonly value: number;
  /** The higher one of an id wins. */
  readonly revision: number;
}

/** What gold has to say of all readings that were delivered, computed without the lakehouse. */
export function expectedGold(delivered: readonly Reading[]): readonly object[] {
  const latest = new Map<number, Reading>();
  for (const reading of delivered) {
    const before = latest.get(reading.id);
    if (before === undefined || reading.revision > before.revision) latest.set(reading.id, reading);
  }
  const places = [...new Set([...latest.values()].map(({ place }) => place))].sort();
  return places.map((place) => {
    const own = [...latest.values()].filter((reading) => reading.place === place);
    return { place, readings: own.length, total: own.reduce((sum, { value }) => sum + value, 0) };
  });
}

/** New readings and newer revisions of old ones, the same for the same number. */
export function readingsOf(delivery: number, count = 2000): readonly Reading[] {
  return Array.from({ length: count }, (_, index) => ({
    id: (delivery * 1000 + index) % 20_000,
    place: `place-${(delivery * 7 + index) % 13}`,
    value: (index * 31 + delivery) % 1000,
    revision: delivery,
  }));
}

/** Delivers readings as a file that the platform's pipelines see. */
export function deliver(delivery: number, readings: readonly Reading[]): void {
  const folder = join(platformHome(), 'files/probe');
  mkdirSync(folder, { recursive: true });
  const rows = readings.map(({ id, place, value, revision }) => [id, place, value, revision].join(','));
  writeFileSync(
    join(folder, `readings-${String(delivery).padStart(3, '0')}.csv`),
    ['id,place,value,revision', ...rows, ''].join('\n'),
  );
}
