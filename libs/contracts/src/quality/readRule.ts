import type { Severity } from '@lakehouse/plan';
import type { Layer } from '../contract.js';
import type { Quality } from '../odcs/quality.js';
import type { Path } from '../position.js';
import { knownProperties } from '../properties/known.js';
import { readProperty } from '../properties/readProperty.js';
import { oneOf } from '../report/oneOf.js';
import type { Reporter } from '../report/reporter.js';
import { readComparison } from './comparison.js';
import { comparisonText } from './comparisonText.js';
import type { Metric, QualityRule } from './qualityRule.js';
import { readMetric, type RulePlace } from './readMetric.js';
import { ruleId, ruleName } from './ruleId.js';
import { readSqlQuery } from './sqlQuery.js';

export interface ReadRule {
  readonly rule: QualityRule;
  /** Tables that the query of an SQL rule reads besides its own. */
  readonly tables: readonly string[];
}

/** Reads a quality rule of a contract. Null: it is not executed, or a problem was reported. */
export function readRule(rule: Quality, layer: Layer, place: RulePlace, report: Reporter): ReadRule | null {
  const isSql = rule.type === 'sql';
  if (!isSql && (rule.type === 'text' || rule.type === 'custom' || rule.metric === undefined)) return null;
  const found = isSql ? sqlMetric(rule, place, report) : libraryMetric(rule, place, report);
  const comparison = readComparison(rule, place.path, report);
  const severity = readSeverity(rule, place.path, report);
  const unit = readUnit(rule, place.path, report);
  const stated = readProperty(
    rule.customProperties,
    place.path,
    'lakehouseScope',
    knownProperties.lakehouseScope,
    report,
  );
  if (stated?.value === 'batch' && layer === 'gold') {
    report.error(stated.path, {
      code: 'LH1204',
      message: 'A gold table has no batches.',
      fix: 'Write `table`, or remove `lakehouseScope`.',
    });
    return null;
  }
  if (found === null || comparison === null || severity === null || unit === undefined) return null;
  const { metric, tables } = found;
  const column = place.column?.name ?? null;
  const countsValues =
    metric.kind === 'nullValues' || metric.kind === 'missingValues' || metric.kind === 'invalidValues';
  const allowsNone = comparison.operator === 'equal' && comparison.value === 0 && unit !== 'percent';
  const judgesRows = layer === 'silver' && countsValues && allowsNone && severity === 'error' && stated === null;
  const scope = layer === 'silver' && countsValues ? 'batch' : 'table';
  return {
    tables,
    rule: {
      id: ruleId(place.table, column, ruleName(rule.id, rule.name, metric.kind)),
      column,
      description:
        rule.description ??
        rule.name ??
        describe(metric, column, `${comparisonText(comparison)}${unit === 'percent' ? ' %' : ''}`),
      dimension: rule.dimension ?? null,
      metric,
      comparison,
      unit,
      severity,
      scope: judgesRows ? 'row' : (stated?.value ?? scope),
      path: place.path,
    },
  };
}

interface FoundMetric {
  readonly metric: Metric;
  readonly tables: readonly string[];
}

function libraryMetric(rule: Quality, place: RulePlace, report: Reporter): FoundMetric | null {
  const metric = readMetric(rule, place, report);
  if (metric?.kind === 'rowCount' && rule.unit === 'percent') {
    report.error([...place.path, 'unit'], {
      code: 'LH1207',
      message: '`rowCount` in percent is always 100.',
      fix: 'Write `unit: rows`.',
    });
    return null;
  }
  return metric === null ? null : { metric, tables: [] };
}

function sqlMetric(rule: Quality, place: RulePlace, report: Reporter): FoundMetric | null {
  const query = readSqlQuery(rule.query ?? '', place.table, place.column?.name ?? null);
  if ('sql' in query) return { metric: { kind: 'sql', query: query.sql }, tables: query.tables };
  for (const fault of query) report.error([...place.path, 'query'], { code: 'LH1209', ...fault });
  return null;
}

function readSeverity(rule: Quality, path: Path, report: Reporter): Severity | null {
  switch (rule.severity) {
    case undefined:
    case 'error':
      return 'error';
    case 'warning':
    case 'info':
      return 'warning';
    default:
      report.error([...path, 'severity'], {
        code: 'LH1207',
        message: `The severity \`${rule.severity}\` is not known.`,
        fix: oneOf(rule.severity, ['error', 'warning', 'info']),
      });
      return null;
  }
}

/** Undefined after a problem was reported. */
function readUnit(rule: Quality, path: Path, report: Reporter): 'rows' | 'percent' | null | undefined {
  if (rule.unit === undefined) return null;
  if (rule.unit === 'rows' || rule.unit === 'percent') return rule.unit;
  report.error([...path, 'unit'], {
    code: 'LH1207',
    message: `The unit \`${rule.unit}\` is not known.`,
    fix: oneOf(rule.unit, ['rows', 'percent']),
  });
  return undefined;
}

function describe(metric: Metric, column: string | null, expected: string): string {
  switch (metric.kind) {
    case 'nullValues':
      return `null values of ${column}: ${expected}`;
    case 'missingValues':
      return `missing values of ${column}: ${expected}`;
    case 'invalidValues':
      return `invalid values of ${column}: ${expected}`;
    case 'duplicateValues':
      return `duplicate values of ${metric.columns.join(', ')}: ${expected}`;
    case 'rowCount':
      return `number of rows: ${expected}`;
    case 'sql':
      return `query of ${column ?? 'the table'}: ${expected}`;
  }
}
