import type { Check } from '@lakehouse/plan';
import type { ContractColumn, Retention } from '../contract.js';
import type { ServiceLevel } from '../odcs/dataContract.js';
import type { Path } from '../position.js';
import { ruleId } from '../quality/ruleId.js';
import { oneOf } from '../report/oneOf.js';
import type { Reporter } from '../report/reporter.js';
import { isTemporal } from '../types/sparkType.js';
import { describeDuration, type DurationUnit, durationUnit, durationUnits } from './duration.js';

export interface ServiceLevels {
  readonly freshness: readonly { readonly check: Check; readonly path: Path }[];
  readonly retention: Retention | null;
}

interface Context {
  readonly table: string;
  /** Name of the schema object, without the layer. */
  readonly object: string;
  readonly columns: readonly ContractColumn[];
  readonly report: Reporter;
}

interface Judged {
  readonly column: string;
  readonly value: number;
  readonly unit: DurationUnit;
}

const secondsOfDay = 24 * 3600;

/** Freshness (`latency` in the standard) and retention; other service levels are reported as not executed. */
export function readServiceLevels(levels: readonly ServiceLevel[], context: Context): ServiceLevels {
  const { table, report } = context;
  const freshness: { check: Check; path: Path }[] = [];
  let retention: Retention | null = null;
  for (const [index, level] of levels.entries()) {
    const path = ['slaProperties', index];
    const kind = level.property.toLowerCase();
    if (kind !== 'latency' && kind !== 'freshness' && kind !== 'retention') {
      notExecuted(`The service level \`${level.property}\``, [...path, 'property'], 'It documents only.', report);
      continue;
    }
    warnOfParts(level, path, report);
    if (level.element === undefined) {
      notExecuted(
        `\`${level.property}\` without an element`,
        path,
        `Add \`element: ${context.object}.<column>\`.`,
        report,
      );
      continue;
    }
    const judged = readJudged(level, level.element, path, context);
    if (judged === null) continue;
    if (kind !== 'retention') freshness.push({ check: freshnessCheck(table, judged), path });
    else if (retention === null) {
      retention = { column: judged.column, days: (judged.value * judged.unit.seconds) / secondsOfDay };
    } else
      report.error(path, { code: 'LH1211', message: 'The table has a retention already.', fix: 'Keep one of them.' });
  }
  return { freshness, retention };
}

function notExecuted(what: string, path: Path, fix: string, report: Reporter): void {
  report.warning(path, { code: 'LH1116', message: `${what} is not executed.`, fix });
}

function warnOfParts(level: ServiceLevel, path: Path, report: Reporter): void {
  for (const key of ['valueExt', 'scheduler', 'schedule'] as const) {
    if (level[key] !== undefined)
      notExecuted(`\`${key}\` of a service level`, [...path, key], 'Remove it, or keep it as documentation.', report);
  }
}

function readJudged(
  level: ServiceLevel,
  element: string,
  path: Path,
  { object, table, columns, report }: Context,
): Judged | null {
  const fault = (key: string, message: string, fix: string): null => {
    report.error([...path, key], { code: 'LH1211', message, fix });
    return null;
  };
  const value = typeof level.value === 'string' && level.value.trim() !== '' ? Number(level.value) : level.value;
  if (typeof value !== 'number' || !(value > 0)) {
    return fault('value', `\`${level.property}\` needs a number above 0.`, 'Write `value: 2` and `unit: d`.');
  }
  if (level.unit === undefined)
    return fault('unit', `\`${level.property}\` has no unit.`, 'Add one, such as `unit: d`.');
  const unit = durationUnit(level.unit);
  if (unit === null) return fault('unit', `The unit \`${level.unit}\` is not known.`, oneOf(level.unit, durationUnits));
  const prefix = [`${table}.`, `${object}.`].find((start) => element.startsWith(start));
  const name = prefix === undefined ? null : element.slice(prefix.length);
  if (name === null) {
    return fault(
      'element',
      `\`${element}\` is not a column of this table.`,
      `Write one column as \`${object}.<column>\`.`,
    );
  }
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    return fault(
      'element',
      `The table has no column \`${name}\`.`,
      oneOf(
        name,
        columns.map((candidate) => candidate.name),
      ),
    );
  }
  if (!isTemporal(column.sparkType)) {
    return fault('element', `\`${name}\` is ${column.type}, no date or timestamp.`, 'Name a column that says when.');
  }
  return { column: column.name, value, unit };
}

function freshnessCheck(table: string, { column, value, unit }: Judged): Check {
  return {
    id: ruleId(table, column, 'freshness'),
    column,
    description: `the newest ${column} is at most ${describeDuration(value, unit)} old`,
    dimension: 'timeliness',
    scope: 'table',
    severity: 'warning',
    measure: { kind: 'age', column, unitSeconds: unit.seconds },
    unit: unit.name,
    comparison: { operator: 'lessOrEqual', value },
  };
}
