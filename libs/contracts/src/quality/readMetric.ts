import { z } from 'zod';
import type { ContractColumn } from '../contract.js';
import type { Quality } from '../odcs/quality.js';
import type { Path } from '../position.js';
import { oneOf } from '../report/oneOf.js';
import type { Reporter } from '../report/reporter.js';
import { holdsMap } from '../types/parseSparkType.js';
import { isAtomic } from '../types/sparkType.js';
import { literal } from './literal.js';
import type { ListedValue, Metric } from './qualityRule.js';

export interface RulePlace {
  readonly table: string;
  /** Null where the rule stands at the table. */
  readonly column: ContractColumn | null;
  readonly columns: readonly ContractColumn[];
  readonly path: Path;
}

const listed = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1);
const knownArguments = {
  nullValues: [],
  missingValues: ['missingValues'],
  invalidValues: ['validValues', 'pattern'],
  duplicateValues: ['properties'],
  rowCount: [],
} as const;

/** What a library rule counts; null after a problem was reported. */
export function readMetric(rule: Quality, place: RulePlace, report: Reporter): Metric | null {
  const { column, path } = place;
  const given = rule.arguments ?? {};
  const metric = rule.metric;
  if (metric === undefined) return null;
  const known: readonly string[] = knownArguments[metric];
  const unknown = Object.keys(given).filter((key) => !known.includes(key));
  for (const name of unknown) {
    report.error([...path, 'arguments', name], {
      code: 'LH1205',
      message: `\`${metric}\` has no argument \`${name}\`.`,
      fix: oneOf(name, known),
      at: 'key',
    });
  }
  if (unknown.length > 0) return null;
  if (metric === 'rowCount') {
    if (column === null) return { kind: 'rowCount' };
    return misplaced('`rowCount` counts the rows of a table, not of a column.', 'Move the rule to the table.');
  }
  if (metric === 'duplicateValues') return duplicates();
  if (column === null)
    return misplaced(`\`${metric}\` counts the values of one column.`, 'Move the rule to a property.');
  switch (metric) {
    case 'nullValues':
      return { kind: metric };
    case 'missingValues': {
      const values = list('missingValues', column);
      return values === null ? null : { kind: metric, values };
    }
    case 'invalidValues': {
      const pattern = patternOf(column);
      if (given['validValues'] === undefined) return pattern === null ? null : { kind: metric, values: null, pattern };
      const values = list('validValues', column);
      if (values === null || (given['pattern'] !== undefined && pattern === null)) return null;
      const present = values.filter((value) => value !== null);
      if (present.length === 0)
        return wrong(
          'validValues',
          '`validValues` lists nothing but null, which is never invalid.',
          'List the values.',
        );
      return { kind: metric, values: present, pattern };
    }
  }

  function misplaced(message: string, fix: string): null {
    report.error([...path, 'metric'], { code: 'LH1208', message, fix });
    return null;
  }

  function wrong(name: string, message: string, fix: string): null {
    report.error([...path, 'arguments', name], { code: 'LH1205', message, fix });
    return null;
  }

  function list(name: string, of: ContractColumn): readonly ListedValue[] | null {
    const values = listed.safeParse(given[name]);
    if (!values.success) {
      return wrong(
        name,
        `\`${rule.metric}\` needs \`arguments.${name}\`, a list of values.`,
        `Write \`arguments: { ${name}: [...] }\`.`,
      );
    }
    const unfit = values.data.flatMap((value, index) =>
      value !== null && literal(value, of.sparkType) === null ? [{ value, index }] : [],
    );
    for (const { value, index } of unfit) {
      report.error([...path, 'arguments', name, index], {
        code: 'LH1205',
        message: `${JSON.stringify(value)} cannot be a value of \`${of.name}\`, which is ${of.type}.`,
        fix: isAtomic(of.sparkType) ? `Write values of type ${of.type}.` : 'Write an SQL rule for this column.',
      });
    }
    return unfit.length === 0 ? values.data : null;
  }

  function patternOf(of: ContractColumn): string | null {
    const pattern = given['pattern'];
    if (pattern === undefined && given['validValues'] !== undefined) return null;
    if (typeof pattern !== 'string') {
      return wrong(
        'pattern',
        '`invalidValues` needs `arguments.validValues` or `arguments.pattern`.',
        'Add a list of values, or a regular expression in quotes.',
      );
    }
    if (!isAtomic(of.sparkType))
      return wrong('pattern', `\`${of.name}\` is ${of.type}, which has no text.`, 'Write an SQL rule for this column.');
    return pattern;
  }

  function duplicates(): Metric | null {
    const names = given['properties'];
    if (column !== null && names === undefined) return comparable([column.name]);
    const properties = z.array(z.string()).min(1).safeParse(names);
    if (!properties.success) {
      return wrong(
        'properties',
        '`duplicateValues` of a table needs `arguments.properties`, a list of columns.',
        'Write `arguments: { properties: [...] }`.',
      );
    }
    if (column !== null)
      return wrong(
        'properties',
        '`arguments.properties` belongs to a rule of the table.',
        'Move the rule to the table.',
      );
    return comparable(properties.data);
  }

  function comparable(names: readonly string[]): Metric | null {
    const faults = names.flatMap((name, index) => {
      const found = place.columns.find((candidate) => candidate.name === name);
      if (found !== undefined && !holdsMap(found.sparkType)) return [];
      const message =
        found === undefined
          ? `The table has no column \`${name}\`.`
          : `\`${name}\` is ${found.type}; maps cannot be compared.`;
      const fix =
        found === undefined
          ? oneOf(
              name,
              place.columns.map((candidate) => candidate.name),
            )
          : 'Leave it out.';
      report.error([...path, 'arguments', 'properties', index], { code: 'LH1205', message, fix });
      return [name];
    });
    return faults.length === 0 ? { kind: 'duplicateValues', columns: [...new Set(names)] } : null;
  }
}
