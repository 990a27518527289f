import { type Contract, type ContractColumn, oneOf, type Path, quoteIdentifier } from '@lakehouse/contracts';
import { type Chart, grains } from '@lakehouse/plan';
import { chartName } from './chartName.js';
import { checkExpression } from './checkExpression.js';
import { compileMetric } from './compileMetric.js';
import type { ChartEntry, Metric } from './dashboardFileSchema.js';

export interface ChartRemark {
  readonly path: Path;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

export interface CompiledChart {
  readonly chart: Chart | null;
  readonly remarks: readonly ChartRemark[];
}

/** What each kind of chart needs: an x axis, columns to divide by, and how many metrics; the least and the most of each. */
const needs = {
  echarts_timeseries_line: { x: true, by: [0, 1], metrics: [1, Infinity] },
  echarts_timeseries_bar: { x: true, by: [0, 1], metrics: [1, Infinity] },
  heatmap_v2: { x: true, by: [1, 1], metrics: [1, 1] },
  big_number_total: { x: false, by: [0, 0], metrics: [1, 1] },
  bubble_v2: { x: false, by: [1, 2], metrics: [3, 3] },
  table: { x: false, by: [0, Infinity], metrics: [1, Infinity] },
} as const;

const mostRows = 1000;

/** A chart as the query that it shows. */
export function compileChart(entry: ChartEntry, contract: Contract): CompiledChart {
  const remarks: ChartRemark[] = [];
  const report = (path: Path, code: string, message: string, fix: string): void =>
    void remarks.push({ path, code, message, fix });
  const columnOf = (name: string, path: Path): ContractColumn | null => {
    const found = contract.columns.find((column) => column.name === name);
    if (found) return found;
    const names = contract.columns.map((column) => column.name);
    report(path, 'LH1611', `\`${entry.table}\` has no column \`${name}\`.`, oneOf(name, names));
    return null;
  };
  const by = entry.by ?? [];
  const metrics = [...(entry.metric ? [entry.metric] : []), ...(entry.metrics ?? [])];
  checkParts(entry, by.length, metrics.length, report);
  const x = entry.x === undefined ? null : columnOf(entry.x, ['x']);
  for (const [index, name] of by.entries()) columnOf(name, ['by', index]);
  if (x) checkAxis(entry, x, report);
  const values = metrics.map((metric, index) => {
    const path = entry.metric && index === 0 ? ['metric'] : ['metrics', index - (entry.metric ? 1 : 0)];
    const compiled = compileMetric(metric.expression, contract);
    for (const { code, message, fix } of compiled.faults) report([...path, 'expression'], code, message, fix);
    return { ...metric, sql: compiled.sql, column: `${valuePrefix(contract)}${index + 1}` };
  });
  const condition = entry.where === undefined ? [] : checkExpression(entry.where, 'condition', contract).faults;
  for (const { code, message, fix } of condition) report(['where'], code, message, fix);
  if (remarks.length > 0) return { chart: null, remarks };
  const dimensions = [
    ...(x ? [{ column: x.name, sql: axisSql(x, entry.grain) }] : []),
    ...by.map((name) => ({ column: name, sql: quoteIdentifier(name) })),
  ];
  const isTable = entry.type === 'table';
  const shownDimensions = isTable ? by.map((name) => ({ column: name, label: name, format: null, metric: null })) : [];
  const series = entry.type === 'bubble_v2' ? by[1] : by[0];
  return {
    chart: {
      name: chartName(entry),
      title: entry.title,
      kind: entry.type,
      table: entry.table,
      sql: chartSql(entry, dimensions, values),
      x: x?.name ?? null,
      grain: entry.grain ?? null,
      by: [...by],
      series: isTable ? null : (series ?? null),
      where: entry.where ?? null,
      values: [...shownDimensions, ...values.map(valueOf)],
      limit: isTable ? (entry.limit ?? mostRows) : null,
      horizontal: entry.horizontal ?? false,
      width: entry.width ?? 12,
    },
    remarks,
  };
}

type Report = (path: Path, code: string, message: string, fix: string) => void;

function checkParts(entry: ChartEntry, by: number, metrics: number, report: Report): void {
  const need = needs[entry.type];
  const [least, most] = need.by;
  const [fewest, mostMetrics] = need.metrics;
  if (need.x && entry.x === undefined)
    report([], 'LH1612', `A ${entry.type} chart needs an x axis.`, 'Add `x:` with a column.');
  if (!need.x && entry.x !== undefined) report(['x'], 'LH1612', `A ${entry.type} chart has no x axis.`, 'Remove `x:`.');
  if (by < least) report([], 'LH1612', `A ${entry.type} chart needs a column under \`by\`.`, 'Add `by: [column]`.');
  if (by > most) {
    const fix = most === 0 ? 'Remove `by:`.' : `Keep ${counted(most, 'column')}.`;
    const message = `A ${entry.type} chart can be divided by ${most === 0 ? 'no column' : `${counted(most, 'column')} only`}.`;
    report(['by'], 'LH1612', message, fix);
  }
  if (metrics === 0) report([], 'LH1612', 'The chart shows no metric.', 'Add `metric: { expression: …, label: … }`.');
  else if (metrics < fewest || metrics > mostMetrics) {
    const wanted = counted(fewest, 'metric');
    const fix = entry.type === 'bubble_v2' ? 'Name them under `metrics:`: along x, along y, size.' : `Keep ${wanted}.`;
    report([entry.metrics ? 'metrics' : 'metric'], 'LH1612', `A ${entry.type} chart shows ${wanted}.`, fix);
  }
  if (entry.horizontal !== undefined && entry.type !== 'echarts_timeseries_bar') {
    report(['horizontal'], 'LH1612', 'Only bars can lie.', 'Remove `horizontal:`.');
  }
  if (entry.limit !== undefined && entry.type !== 'table') {
    report(
      ['limit'],
      'LH1612',
      'Only a table chart has a limit.',
      'Remove `limit:`; cut the x axis to a coarser grain instead.',
    );
  }
}

function checkAxis(entry: ChartEntry, x: ContractColumn, report: Report): void {
  const kind = x.sparkType.kind;
  const isTime = kind === 'date' || kind === 'timestamp' || kind === 'timestamp_ntz';
  if (entry.type === 'echarts_timeseries_line' && !isTime) {
    report(
      ['x'],
      'LH1613',
      `The x axis of a line is a date or timestamp; \`${x.name}\` is ${x.type}.`,
      'Choose another column, or the type echarts_timeseries_bar.',
    );
  }
  if (entry.grain === undefined) return;
  if (!isTime)
    report(['grain'], 'LH1613', `A grain cuts dates and timestamps; \`${x.name}\` is ${x.type}.`, 'Remove `grain:`.');
  if (kind === 'date' && grains.indexOf(entry.grain) < grains.indexOf('day')) {
    report(
      ['grain'],
      'LH1613',
      `\`${x.name}\` is a date, which has no ${entry.grain}s.`,
      'Write day, week, month, quarter or year.',
    );
  }
}

function axisSql(x: ContractColumn, grain: ChartEntry['grain']): string {
  const column = quoteIdentifier(x.name);
  if (grain === undefined || (x.type === 'date' && grain === 'day')) return column;
  const cut = `date_trunc('${grain}', ${column})`;
  return x.type === 'date' ? `cast(${cut} as date)` : cut;
}

/** A prefix that makes names which no column of the table has. */
function valuePrefix(contract: Contract): string {
  let prefix = 'value_';
  while (contract.columns.some((column) => column.name.toLowerCase().startsWith(prefix))) prefix = `_${prefix}`;
  return prefix;
}

function valueOf({ column, label, format, sql, expression }: Metric & Selected): Chart['values'][number] {
  return { column, label, format: format ?? null, metric: { sql, written: expression } };
}

function counted(count: number, noun: string): string {
  return count === 1 ? `one ${noun}` : `${count === 2 ? 'two' : 'three'} ${noun}s`;
}

interface Selected {
  readonly column: string;
  readonly sql: string;
}

function chartSql(entry: ChartEntry, dimensions: readonly Selected[], values: readonly Selected[]): string {
  const selected = [...dimensions, ...values].map(({ column, sql }) => `  ${sql} as ${quoteIdentifier(column)}`);
  const positions = dimensions.map((_, index) => index + 1);
  const isRanked = entry.type === 'table';
  const order = isRanked ? [`${dimensions.length + 1} desc`, ...positions] : positions;
  return [
    'select',
    selected.join(',\n'),
    `from \${${entry.table}}`,
    ...(entry.where === undefined ? [] : [`where (${entry.where})`]),
    ...(positions.length > 0 ? [`group by ${positions.join(', ')}`, `order by ${order.join(', ')}`] : []),
    ...(isRanked ? [`limit ${entry.limit ?? mostRows}`] : []),
  ].join('\n');
}
