import type { AssetChange } from './compare/compareAssets.js';
import type { Difference } from './compare/differences.js';

const nouns = { databases: 'database', datasets: 'dataset', charts: 'chart', dashboards: 'dashboard' } as const;
const signs = { create: '+', update: '~', remove: '-' } as const;

/** Longer values are cut. */
const longest = 100;

/** A change as people read it: what would be made, changed and how, or removed. */
export function describeChange(change: AssetChange): string {
  const { kind, title } = change.asset;
  const head = `${signs[change.change]} ${nouns[kind]} "${title}"`;
  if (change.change !== 'update') return head;
  return [head, ...change.differences.map((difference) => `    ${describeDifference(difference)}`)].join('\n');
}

function describeDifference({ path, before, after }: Difference): string {
  return `${path.join('.')}: ${shown(before)} → ${shown(after)}`;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
