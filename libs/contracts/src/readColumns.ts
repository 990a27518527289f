import type { ContractColumn } from './contract.js';
import type { Property } from './odcs/property.js';
import type { Path } from './position.js';
import type { Reporter } from './report/reporter.js';
import { formatSparkType } from './types/formatSparkType.js';
import { parseSparkType } from './types/parseSparkType.js';
import { logicalTypeOf, resolveType } from './types/resolveType.js';

/** Columns that the pipeline and Delta's change feed add themselves. */
const reserved = [
  '_batch_id',
  '_source_file',
  '_source_row',
  '_ingested_at',
  '_rescued',
  '_change_type',
  '_commit_version',
  '_commit_timestamp',
];

export interface ReadColumns {
  readonly columns: readonly ContractColumn[];
  /** From the name of a column to its property. */
  readonly paths: ReadonlyMap<string, Path>;
}

/** The columns of a schema object. A property that cannot be a column is reported and left out. */
export function readColumns(properties: readonly Property[], path: Path, report: Reporter): ReadColumns {
  const columns: ContractColumn[] = [];
  const paths = new Map<string, Path>();
  for (const [index, property] of properties.entries()) {
    const place = [...path, index];
    const { name } = property;
    const fault = nameFault(name, columns);
    if (fault !== null) {
      report.error([...place, 'name'], { code: 'LH1108', ...fault });
      continue;
    }
    const sparkType = resolveType(property);
    if (sparkType === null) {
      report.error(property.physicalType === undefined ? place : [...place, 'physicalType'], {
        code: 'LH1110',
        message: `The type of \`${name}\` cannot be told from its logicalType and physicalType.`,
        fix: 'Add `logicalType`, or a Spark SQL type such as `physicalType: decimal(10,2)`; a list needs `items`, an object `properties`.',
      });
      continue;
    }
    warnOfPhysicalTypes(property, place, report);
    paths.set(name, place);
    columns.push({
      name,
      type: formatSparkType(sparkType),
      sparkType,
      logicalType: property.logicalType ?? logicalTypeOf(sparkType),
      nullable: property.required !== true && property.primaryKey !== true,
      unique: property.unique === true,
      description: property.description ?? '',
      classification: property.classification ?? null,
      tags: property.tags ?? [],
      examples: (property.examples ?? []).map((example) =>
        typeof example === 'string' ? example : JSON.stringify(example),
      ),
      id: property.id ?? null,
    });
  }
  return { columns, paths };
}

function nameFault(name: string, before: readonly ContractColumn[]): { message: string; fix: string } | null {
  if (name === '' || /[ ,;{}()\n\t=./\r]/.test(name)) {
    return {
      message: `\`${name}\` cannot be the name of a column: it is empty or has one of \` ,;{}()=./\`, a tab or a line break.`,
      fix: 'Write letters, digits and `_`.',
    };
  }
  if (reserved.includes(name.toLowerCase())) {
    return { message: `\`${name}\` is a column that the lakehouse adds itself.`, fix: 'Choose another name.' };
  }
  // Spark compares names without regard to case.
  const twin = before.find((column) => column.name.toLowerCase() === name.toLowerCase());
  return twin === undefined
    ? null
    : { message: `There is a column \`${twin.name}\` already.`, fix: 'Rename or remove one of them.' };
}

function warnOfPhysicalTypes(property: Property, path: Path, report: Reporter): void {
  const { physicalType, logicalType } = property;
  if (physicalType === undefined) return;
  const physical = parseSparkType(physicalType);
  if (physical === null) {
    report.warning([...path, 'physicalType'], {
      code: 'LH1111',
      message: `\`${physicalType}\` is no Spark SQL type that Delta can store; the type follows from the logicalType.`,
      fix: 'Write a Spark SQL type, or remove it.',
    });
  } else if (logicalType !== undefined && logicalType !== 'time' && logicalTypeOf(physical) !== logicalType) {
    report.warning([...path, 'physicalType'], {
      code: 'LH1111',
      message: `\`${property.name}\` is \`${logicalType}\` by its logicalType and \`${physicalType}\` by its physicalType; the physicalType decides.`,
      fix: `Write \`logicalType: ${logicalTypeOf(physical)}\`, or change the physicalType.`,
    });
  }
}
