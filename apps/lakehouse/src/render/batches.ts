import type { Batch, Revert } from '../runtime/results.js';
import { formatCount, formatNumber, formatTimestamp } from './format.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

function state({ state: word, reverted }: Batch, style: Style): string {
  if (reverted !== null) {
    return `${style.yellow('taken out')} by ${reverted.by}${reverted.reason === '' ? '' : `: ${reverted.reason}`}`;
  }
  return word === 'refined' ? style.green(word) : style.yellow(word);
}

/** Batches by silver table, the newest last. */
export function renderBatches(batches: readonly Batch[], style: Style): string {
  if (batches.length === 0) {
    return 'Nothing was ingested yet.';
  }
  const columns = [
    { title: 'table' },
    { title: 'batch' },
    { title: 'rows', align: 'right' as const },
    { title: 'merged', align: 'right' as const },
    { title: 'quarantined', align: 'right' as const },
    { title: 'refined (UTC)' },
    { title: 'release' },
    { title: 'state' },
  ];
  const rows = batches.map((batch) => [
    batch.table,
    batch.batch,
    formatNumber(batch.rows),
    formatNumber(batch.merged),
    formatNumber(batch.quarantined),
    batch.refinedAt === null ? '–' : formatTimestamp(batch.refinedAt),
    batch.release ?? '–',
    state(batch, style),
  ]);
  return renderTable(columns, rows, style);
}

/** What taking a batch out did. */
export function renderRevert({ batch, changed, tables }: Revert, style: Style): string {
  if (!changed) {
    return `${batch} was taken out before; nothing changed.`;
  }
  return [
    ...tables.map(({ table, accounting }) => {
      const { read, updated, unchanged } = accounting;
      return `${style.bold(table)}  ${batch} taken out: ${formatCount(read, 'row')} of other batches read again, ${formatCount(updated, 'key')} rebuilt from them, ${formatNumber(unchanged)} unchanged`;
    }),
    'The next run audits what changed and takes it to gold.',
  ].join('\n');
}
