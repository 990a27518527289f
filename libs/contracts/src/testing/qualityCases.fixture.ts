import type { Comparison } from '@lakehouse/plan';
import type { Contract } from '../contract.js';
import { type operatorNames } from '../odcs/quality.js';
import { contractOf } from './contractText.fixture.js';

/** A row that is judged; null is null, dates and timestamps are texts. */
type Row = readonly unknown[];

/** One rule with data, and what has to come out of it on Spark. */
export interface QualityCase {
  readonly name: string;
  /** The rule as it stands in a contract. */
  readonly quality: unknown;
  /** The table that is judged. */
  readonly table: 'orders' | 'nothing';
  /** `violation`: the rule judges each row, the value is the number of rows that break it. */
  readonly measure:
    | { readonly kind: 'violation'; readonly expression: string }
    | { readonly kind: 'aggregate'; readonly expression: string }
    | { readonly kind: 'query'; readonly sql: string };
  readonly comparison: Comparison;
  readonly value: number;
  readonly expected: 'pass' | 'fail';
}

export interface QualityTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Row[];
}

/** Ten orders: two without a region, one with an unknown region, one region spelt in small letters, three amounts missing. */
const orders: QualityTable = {
  columns: [
    { name: 'id', type: 'bigint' },
    { name: 'region', type: 'string' },
    { name: 'amount', type: 'int' },
    { name: 'price', type: 'decimal(10,2)' },
    { name: 'rate', type: 'double' },
    { name: 'share', type: 'float' },
    { name: 'day', type: 'date' },
    { name: 'at', type: 'timestamp' },
    { name: 'paid', type: 'boolean' },
    { name: 'odd`name', type: 'string' },
    { name: 'tags', type: 'array<string>' },
  ],
  rows: [
    [1, 'EU', 1, '1.10', 0.1, 0.1, '2026-01-01', '2026-01-01T10:00:00Z', true, "it's", ['a']],
    [2, 'EU', 1, '1.10', 0.1, 0.1, '2026-01-01', '2026-01-01T10:00:00Z', true, 'a\\b', ['a']],
    [3, 'US', 2, '2.20', 0.2, 0.2, '2026-01-02', '2026-01-02T10:00:00Z', false, '${x}', ['b']],
    [4, 'US', 2, '2.20', 0.2, 0.2, '2026-01-02', '2026-01-02T10:00:00Z', false, 'N/A', ['b']],
    [5, 'eu', 3, '3.30', 0.3, 0.3, '2026-01-03', '2026-01-03T10:00:00Z', true, '', ['c']],
    [6, 'XX', -1, '3.30', 0.3, 0.3, '2026-01-03', '2026-01-03T10:00:00Z', true, ' ', null],
    [7, 'EU', null, null, null, null, null, null, null, null, null],
    [8, 'EU', null, null, null, null, null, null, null, null, null],
    [9, null, null, '9.90', 0.9, 0.9, '2026-01-09', '2026-01-09T10:00:00Z', false, 'line\nbreak', ['d']],
    [10, null, 4, '9.90', 0.9, 0.9, '2026-01-09', '2026-01-09T10:00:00Z', false, 'ß€𝄞', ['d']],
  ],
};
const nothing: QualityTable = { ...orders, rows: [] };

/** The tables that the cases judge. */
export const qualityTables = { orders, nothing };

const operators: readonly (readonly [
  (typeof operatorNames)[number],
  (value: number) => unknown,
  (value: number) => unknown,
])[] = [
  ['mustBe', (value) => value, (value) => value + 1],
  ['mustNotBe', (value) => value + 1, (value) => value],
  ['mustBeGreaterThan', (value) => value - 1, (value) => value],
  ['mustBeGreaterOrEqualTo', (value) => value, (value) => value + 1],
  ['mustBeLessThan', (value) => value + 1, (value) => value],
  ['mustBeLessOrEqualTo', (value) => value, (value) => value - 1],
  ['mustBeBetween', (value) => [value, value + 1], (value) => [value + 1, value + 2]],
  ['mustNotBeBetween', (value) => [value + 1, value + 2], (value) => [value, value + 1]],
];

/** A rule without its operator, where it stands, and the value that it measures. */
interface Subject {
  readonly name: string;
  readonly column: string | null;
  readonly rule: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly table?: 'nothing';
}

const library = (
  metric: string,
  column: string | null,
  values: Readonly<Record<string, unknown>> | null,
  value: number,
  name: string,
  unit?: string,
): Subject => ({
  name,
  column,
  value,
  rule: {
    type: 'library',
    metric,
    ...(values === null ? {} : { arguments: values }),
    ...(unit === undefined ? {} : { unit }),
  },
});

/** Every metric, in rows and in percent: each is tried with all eight operators, passing and failing. */
const metrics: readonly Subject[] = [
  library('nullValues', 'amount', null, 3, 'null values'),
  library('nullValues', 'amount', null, 30, 'null values in percent', 'percent'),
  library('missingValues', 'odd`name', { missingValues: [null, '', 'N/A'] }, 4, 'missing values', 'rows'),
  library(
    'missingValues',
    'odd`name',
    { missingValues: [null, '', 'N/A'] },
    40,
    'missing values in percent',
    'percent',
  ),
  library('invalidValues', 'region', { validValues: ['EU', 'US'] }, 2, 'invalid values'),
  library('invalidValues', 'region', { validValues: ['EU', 'US'] }, 20, 'invalid values in percent', 'percent'),
  library('invalidValues', 'region', { pattern: '^[A-Z]{2}$' }, 1, 'values against a pattern'),
  library('invalidValues', 'region', { pattern: '^[A-Z]{2}$' }, 10, 'values against a pattern in percent', 'percent'),
  library('duplicateValues', 'amount', null, 2, 'duplicate values'),
  library('duplicateValues', 'amount', null, 20, 'duplicate values in percent', 'percent'),
  library('duplicateValues', null, { properties: ['region', 'amount'] }, 2, 'duplicate values of two columns'),
  library(
    'duplicateValues',
    null,
    { properties: ['region', 'amount'] },
    20,
    'duplicate values of two columns in percent',
    'percent',
  ),
  library('rowCount', null, null, 10, 'row count', 'rows'),
  { name: 'query', column: null, rule: { type: 'sql', query: 'select max(amount) from ${table}' }, value: 4 },
  {
    name: 'query of a column',
    column: 'amount',
    rule: { type: 'sql', query: 'select sum(${column}) from ${object}', unit: 'rows' },
    value: 12,
  },
];

/** Types, quoting and empty tables: each is tried with the right value and a wrong one. */
const edges: readonly Subject[] = [
  library('invalidValues', 'amount', { validValues: [1, 2, '3'] }, 2, 'valid whole numbers'),
  library('invalidValues', 'price', { validValues: [1.1, '2.20', 9.9] }, 2, 'valid decimals'),
  library('invalidValues', 'rate', { validValues: [0.1, 0.2] }, 4, 'valid doubles'),
  library('invalidValues', 'share', { validValues: [0.1, 0.2] }, 4, 'valid floats'),
  library('invalidValues', 'day', { validValues: ['2026-01-01', '2026-01-02'] }, 4, 'valid dates'),
  library(
    'invalidValues',
    'at',
    { validValues: ['2026-01-01T10:00:00Z', '2026-01-02T11:00:00+01:00'] },
    4,
    'valid timestamps',
  ),
  library('invalidValues', 'paid', { validValues: [true] }, 4, 'valid booleans'),
  library(
    'invalidValues',
    'odd`name',
    { validValues: ["it's", 'a\\b', '${x}', 'line\nbreak', 'ß€𝄞'] },
    3,
    'valid texts with quotes, backslashes and variables',
  ),
  library(
    'invalidValues',
    'odd`name',
    { pattern: "^(it's|a\\\\b|\\$\\{x\\})$" },
    5,
    'a pattern with quotes and backslashes',
  ),
  library('invalidValues', 'amount', { pattern: '^\\d+$' }, 1, 'a pattern over numbers'),
  library(
    'invalidValues',
    'region',
    { validValues: ['EU', 'US', 'eu', 'XX'], pattern: '^[A-Z]+$' },
    1,
    'values and a pattern together',
  ),
  library('missingValues', 'amount', { missingValues: [-1] }, 1, 'missing numbers that are not null'),
  library('nullValues', 'tags', null, 3, 'null lists'),
  library('duplicateValues', 'tags', null, 3, 'duplicate lists'),
  ...metrics
    .filter(({ rule }) => rule['type'] === 'library')
    .map((subject) => ({ ...subject, name: `${subject.name} of an empty table`, value: 0, table: 'nothing' as const })),
];

function allCases(): QualityCase[] {
  const withOperators = metrics.flatMap((subject) =>
    operators.flatMap(([operator, passing, failing]) => [
      caseOf(subject, operator, passing(subject.value), 'pass'),
      caseOf(subject, operator, failing(subject.value), 'fail'),
    ]),
  );
  const withEqual = edges.flatMap((subject) => [
    caseOf(subject, 'mustBe', subject.value, 'pass'),
    caseOf(subject, 'mustBe', subject.value + 1, 'fail'),
  ]);
  // A rule that allows nothing judges each row: its rows are counted by the violation instead of an aggregate.
  const byRow = [...metrics, ...edges]
    .filter(
      ({ rule, column }) =>
        column !== null &&
        rule['unit'] !== 'percent' &&
        ['nullValues', 'missingValues', 'invalidValues'].includes(String(rule['metric'])),
    )
    .map((subject) => caseOf(subject, 'mustBe', 0, subject.value === 0 ? 'pass' : 'fail', true));
  return [...withOperators, ...withEqual, ...byRow];
}

function caseOf(
  subject: Subject,
  operator: string,
  operand: unknown,
  expected: 'pass' | 'fail',
  byRow = false,
): QualityCase {
  const table: QualityCase['table'] = subject.table ?? 'orders';
  const scope =
    byRow || subject.column === null ? {} : { customProperties: [{ property: 'lakehouseScope', value: 'table' }] };
  const quality = { id: 'case', ...subject.rule, [operator]: operand, ...scope };
  const contract = contractWith(qualityTables[table].columns, subject.column, quality);
  const rule = contract.rowRules.find(({ id }) => id.endsWith('/case'));
  const check = contract.checks.find(({ id }) => id.endsWith('/case'));
  const name = `${subject.name}, ${operator} ${JSON.stringify(operand)}${byRow ? ', row by row' : ''}`;
  const told = { name, quality, table, value: subject.value, expected };
  if (byRow) {
    if (rule?.kind !== 'expression') throw new Error(`${name}: no row rule`);
    return {
      ...told,
      measure: { kind: 'violation', expression: rule.violation },
      comparison: { operator: 'equal', value: 0 },
    };
  }
  if (check === undefined || (check.measure.kind !== 'aggregate' && check.measure.kind !== 'query'))
    throw new Error(`${name}: no check`);
  return { ...told, measure: check.measure, comparison: check.comparison };
}

function contractWith(columns: QualityTable['columns'], column: string | null, quality: unknown): Contract {
  const properties = columns
    .filter(({ name }) => name !== 'id')
    .map(({ name, type }) => ({ name, physicalType: type, ...(name === column ? { quality: [quality] } : {}) }));
  return contractOf({ properties, ...(column === null ? { object: { quality: [quality] } } : {}) });
}

/** All cases that have to hold on Spark. */
export const qualityCases: readonly QualityCase[] = allCases();
