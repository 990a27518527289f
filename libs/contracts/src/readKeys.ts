import type { ContractColumn, Layer } from './contract.js';
import type { Property } from './odcs/property.js';
import type { Path } from './position.js';
import { oneOf } from './report/oneOf.js';
import type { Reporter } from './report/reporter.js';
import { isAtomic } from './types/sparkType.js';

interface Positioned {
  readonly name: string;
  readonly position: number | undefined;
  readonly path: Path;
}

/** Primary key columns in their order. */
export function readKey(
  properties: readonly Property[],
  columns: readonly ContractColumn[],
  layer: Layer,
  path: Path,
  report: Reporter,
): string[] {
  const parts = properties.flatMap((property, index): Positioned[] =>
    property.primaryKey === true
      ? [{ name: property.name, position: property.primaryKeyPosition, path: [...path, index, 'primaryKeyPosition'] }]
      : [],
  );
  if (layer === 'silver' && parts.length === 0) {
    report.error(path, {
      code: 'LH1112',
      message: 'The table has no primary key; silver rows are merged by it.',
      fix: 'Write `primaryKey: true` at the columns that identify a row.',
    });
  }
  return inOrder(parts, 'LH1112', columns, report);
}

/** Partition columns in their order. */
export function readPartitions(
  properties: readonly Property[],
  columns: readonly ContractColumn[],
  path: Path,
  report: Reporter,
): string[] {
  const parts = properties.flatMap((property, index): Positioned[] =>
    property.partitioned === true
      ? [
          {
            name: property.name,
            position: property.partitionKeyPosition,
            path: [...path, index, 'partitionKeyPosition'],
          },
        ]
      : [],
  );
  return inOrder(parts, 'LH1113', columns, report);
}

function inOrder(
  parts: readonly Positioned[],
  code: string,
  columns: readonly ContractColumn[],
  report: Reporter,
): string[] {
  // The standard's default is -1: no position.
  const placed = parts.map((part) => ({ ...part, position: part.position === -1 ? undefined : part.position }));
  const positions = placed.map(({ position }) => position);
  for (const [index, { name, position, path }] of placed.entries()) {
    if (parts.length > 1 && position === undefined && positions.some((other) => other !== undefined)) {
      report.error(path, {
        code,
        message: `\`${name}\` has no position, but other columns of the key have.`,
        fix: 'Give each column a position, or none.',
      });
    } else if (position !== undefined && positions.indexOf(position) < index) {
      report.error(path, {
        code,
        message: `The position ${position} of \`${name}\` is taken.`,
        fix: 'Number the columns 1, 2, 3, ….',
      });
    }
    const column = columns.find((candidate) => candidate.name === name);
    if (column !== undefined && !isAtomic(column.sparkType)) {
      report.error(path.slice(0, -1), {
        code,
        message: `\`${name}\` is ${column.type}; rows cannot be identified or divided by it.`,
        fix: 'Choose a column with a simple type.',
      });
    }
  }
  return placed.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0)).map(({ name }) => name);
}

/** Reports the names that are no columns of the table. */
export function checkColumnNames(
  names: readonly string[],
  columns: readonly ContractColumn[],
  path: Path,
  code: string,
  report: Reporter,
): boolean {
  const known = columns.map((column) => column.name);
  const unknown = names.flatMap((name, index) => (known.includes(name) ? [] : [{ name, index }]));
  for (const { name, index } of unknown) {
    report.error(names.length === 1 ? path : [...path, index], {
      code,
      message: `The table has no column \`${name}\`.`,
      fix: oneOf(name, known),
    });
  }
  return unknown.length === 0;
}
