import { formatBytes } from './format.js';
import { type Style } from './style.js';
import { renderTable } from './table.js';

/** A service of the platform as people see it. */
export interface ServiceLine {
  readonly service: string;
  readonly state: string;
  readonly ok: boolean;
  readonly url: string | null;
  readonly memory: number | null;
}

/** The table that `up` ends with. */
export function renderServices(lines: readonly ServiceLine[], style: Style): string {
  const rows = lines.map(({ service, state, ok, url, memory }) => [
    service,
    ok ? style.green(state) : style.red(state),
    memory === null ? '' : formatBytes(memory),
    url ?? '',
  ]);
  const total = lines.reduce((sum, { memory }) => sum + (memory ?? 0), 0);
  const columns = [
    { title: 'service' },
    { title: 'state' },
    { title: 'memory', align: 'right' as const },
    { title: 'where' },
  ];
  return renderTable(columns, [...rows, ['', '', style.bold(formatBytes(total)), '']], style);
}
