import type { Status } from '../runtime/results.js';
import { formatBytes, formatNumber, formatSeconds, formatTimestamp } from './format.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

function state(table: Status['tables'][number], style: Style): string {
  if (!table.fingerprintCurrent) {
    return style.yellow('rebuild due: model or contract changed');
  }
  return table.upToDate ? style.green('up to date') : style.yellow('its inputs have changed');
}

function runStatus(status: string, style: Style): string {
  if (status === 'auditFailed' || status === 'failed') {
    return style.red(status);
  }
  return status === 'interrupted' ? style.yellow(status) : style.green(status);
}

function tables(status: Status, style: Style): string {
  const columns = [
    { title: 'table' },
    { title: 'version', align: 'right' as const },
    { title: 'rows', align: 'right' as const },
    { title: 'size', align: 'right' as const },
    { title: 'changed (UTC)' },
    { title: 'state' },
  ];
  const rows = status.tables.map((table) => [
    table.table,
    String(table.version),
    formatNumber(table.rows),
    formatBytes(table.bytes),
    formatTimestamp(table.changedAt),
    state(table, style),
  ]);
  return renderTable(columns, rows, style);
}

function runs(status: Status, style: Style): string {
  const columns = [
    { title: 'run' },
    { title: 'domain' },
    { title: 'status' },
    { title: 'started (UTC)' },
    { title: 'took', align: 'right' as const },
    { title: 'release' },
  ];
  const rows = status.runs.map((run) => [
    run.id,
    run.domain,
    runStatus(run.status, style),
    formatTimestamp(run.started_at),
    run.finished_at === null ? '–' : formatSeconds((Date.parse(run.finished_at) - Date.parse(run.started_at)) / 1000),
    run.release ?? '–',
  ]);
  return renderTable(columns, rows, style);
}

function quarantine(status: Status, style: Style): string {
  const rows = status.quarantine
    .filter(({ open, waiting }) => open + waiting > 0)
    .map(({ table, open, waiting }) => [table, formatNumber(open), formatNumber(waiting)]);
  const columns = [
    { title: 'table' },
    { title: 'open', align: 'right' as const },
    { title: 'waiting', align: 'right' as const },
  ];
  return rows.length === 0 ? style.dim('empty') : renderTable(columns, rows, style);
}

function locks(status: Status): string {
  const held = Object.entries(status.locks).map(([domain, { run, host, process, since, owner, until }]) => {
    // A file lock is taken before its holder has written who it is.
    const holder = `${domain} is held by ${run ? `run ${run}` : 'a run'}${host ? ` on ${host}` : ''}`;
    const details = `${process ? ` (process ${process})` : ''}${since ? ` since ${since}` : ''}`;
    return `${holder}${details}${until ? `, kept for ${owner ?? 'its next task'} until ${until}` : ''}`;
  });
  return held.length === 0 ? 'no run under way' : held.join('; ');
}

function overrides(status: Status, style: Style): readonly string[] {
  if (status.overrides.length === 0) return [];
  const columns = ['failed run', 'domain', 'published as', 'by', 'when (UTC)', 'reason'].map((title) => ({ title }));
  const rows = status.overrides.map((entry) => [
    entry.run,
    entry.domain,
    entry.release,
    entry.by_whom,
    formatTimestamp(entry.overridden_at),
    entry.reason,
  ]);
  return [`${style.bold('Published although the audit failed')}\n${renderTable(columns, rows, style)}`];
}

function warm({ process, since, minutes }: NonNullable<Status['warm']>): string {
  return `stays ready since ${formatTimestamp(since)} UTC (process ${String(process)}), until nothing calls it for ${formatNumber(minutes)} minutes; \`./lakehouse down\` ends it`;
}

/** Tables, runs, quarantine, lock and rollback window of a home. */
export function renderStatus(status: Status, style: Style): string {
  return [
    tables(status, style),
    `${style.bold('Last runs')}\n${status.runs.length === 0 ? style.dim('none') : runs(status, style)}`,
    ...overrides(status, style),
    `${style.bold('Quarantine')}\n${quarantine(status, style)}`,
    [
      `${style.bold('Locks')}  ${locks(status)}`,
      ...(status.warm === null ? [] : [`${style.bold('Spark')}  ${warm(status.warm)}`]),
      `${style.bold('Rollback window')}  ${formatNumber(status.rollbackWindowHours)} h: older versions may be vacuumed`,
    ].join('\n'),
  ].join('\n\n');
}
