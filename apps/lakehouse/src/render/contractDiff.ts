import type { Change, Problem } from '@lakehouse/contracts';
import { formatCount } from './format.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';

/** What changed in one contract, and whether its version says so. */
export interface ContractDifference {
  readonly table: string;
  /** Null: the table is new. */
  readonly versionBefore: string | null;
  /** Null: the table is gone. */
  readonly versionAfter: string | null;
  readonly changes: readonly Change[];
  /** Null where the version rose as the changes ask for. */
  readonly problem: Problem | null;
}

function level(change: Change, style: Style): string {
  switch (change.level) {
    case 'breaking':
      return style.red('breaking');
    case 'compatible':
      return style.green('compatible');
    case 'documentation':
      return style.dim('documentation');
  }
}

function heading(difference: ContractDifference, style: Style): string {
  const { table, versionBefore, versionAfter, problem } = difference;
  const versions =
    versionBefore === null
      ? `new, ${versionAfter ?? ''}`
      : versionAfter === null
        ? `${versionBefore}, removed`
        : versionBefore === versionAfter
          ? versionBefore
          : `${versionBefore} → ${versionAfter}`;
  return `${problem === null ? style.green('✓') : style.red('✗')} ${style.bold(table)}  ${versions}`;
}

function block(difference: ContractDifference, style: Style): string {
  const rows = difference.changes.map((change) => [
    '  ',
    level(change, style),
    change.column ?? '(table)',
    change.message,
  ]);
  const table = renderTable([{ title: '' }, { title: 'level' }, { title: 'column' }, { title: 'change' }], rows, style);
  return [heading(difference, style), ...(rows.length === 0 ? [] : table.split('\n').slice(1))].join('\n');
}

/** The changes of all contracts against a git ref. */
export function renderContractDiff(differences: readonly ContractDifference[], ref: string, style: Style): string {
  if (differences.length === 0) {
    return `No contract differs from ${ref}.`;
  }
  const open = differences.filter(({ problem }) => problem !== null).length;
  const verdict =
    open === 0
      ? style.green('every version rose as its changes ask for')
      : style.red(`${formatCount(open, 'version')} must rise`);
  return [
    ...differences.map((difference) => block(difference, style)),
    `${style.bold(formatCount(differences.length, 'contract'))} changed since ${ref}; ${verdict}`,
  ].join('\n\n');
}
