import type { TableChange } from '@lakehouse/compiler';
import type { PlannedStep } from '../runtime/results.js';
import { formatCount, formatNumber } from './format.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

function action(step: PlannedStep, style: Style): string {
  switch (step.action) {
    case 'nothing':
      return style.dim('nothing');
    case 'append':
      return style.green('append');
    case 'recompute':
      return style.cyan('recompute');
    case 'rebuild':
      return style.yellow('rebuild');
  }
}

function optional(value: number | null): string {
  return value === null || value === 0 ? '' : formatNumber(value);
}

/** What a run of the domain would do with each table, and why; `changes` say why the plan itself asks for a rebuild. */
export function renderPlannedSteps(
  domain: string,
  steps: readonly PlannedStep[],
  changes: readonly TableChange[],
  style: Style,
): string {
  const changed = new Map(changes.map(({ table, reason }) => [table, reason]));

  const busy = steps.filter((step) => step.action !== 'nothing').length;
  const columns = [
    { title: 'table' },
    { title: 'action' },
    { title: 'batches', align: 'right' as const },
    { title: 'rows', align: 'right' as const },
    { title: 'why' },
  ];
  const rows = steps.map((step) => [
    step.table,
    action(step, style),
    optional(step.batches),
    optional(step.rows),
    (step.action === 'rebuild' ? changed.get(step.table) : undefined) ?? step.reason,
  ]);
  const verdict =
    busy === 0 ? 'nothing to do' : `${formatCount(busy, 'table')} of ${formatNumber(steps.length)} would change`;
  return [`${style.bold(domain)}  ${verdict}`, ...(rows.length === 0 ? [] : [renderTable(columns, rows, style)])].join(
    '\n',
  );
}
