import type { ChartEntry } from './dashboardFileSchema.js';

/** The name of a chart in its dashboard: the one that is written, else the words of its title. */
export function chartName({ name, title }: Pick<ChartEntry, 'name' | 'title'>): string {
  return (
    name ??
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
      .replaceAll(/^_|_$/g, '')
  );
}
