import { type DagLine } from '../airflow/dagLines.js';
import { formatTimestamp } from './format.js';
import { type Style } from './style.js';
import { renderTable } from './table.js';

/** The table of `dags`. */
export function renderDags(lines: readonly DagLine[], style: Style): string {
  const columns = [{ title: 'DAG' }, { title: 'state' }, { title: 'last run' }, { title: 'next run' }];
  return renderTable(
    columns,
    lines.map(({ dag, isPaused, schedule, state, lastRun, nextRun }) => [
      dag,
      isPaused ? style.dim('paused') : stateOf(state, style),
      lastRun === null ? '' : formatTimestamp(lastRun),
      nextRun === null ? style.dim(schedule ?? '') : formatTimestamp(nextRun),
    ]),
    style,
  );
}

function stateOf(state: string | null, style: Style): string {
  if (state === null) return style.dim('never ran');
  if (state === 'success') return style.green(state);
  return state === 'failed' ? style.red(state) : style.cyan(state);
}
