import type { ContractColumn, Layer } from '../contract.js';
import type { SchemaObject } from '../odcs/dataContract.js';
import type { Path } from '../position.js';
import type { Reporter } from '../report/reporter.js';
import { readRule, type ReadRule } from './readRule.js';

/** The executed quality rules of a table and its columns, in the order of the file. */
export function readRules(
  object: SchemaObject,
  layer: Layer,
  table: string,
  columns: readonly ContractColumn[],
  paths: ReadonlyMap<string, Path>,
  objectPath: Path,
  report: Reporter,
): ReadRule[] {
  const ofTable = (object.quality ?? []).flatMap((rule, index) => {
    const place = { table, column: null, columns, path: [...objectPath, 'quality', index] };
    return readRule(rule, layer, place, report) ?? [];
  });
  const ofColumns = (object.properties ?? []).flatMap((property) => {
    const column = columns.find(({ name }) => name === property.name);
    const path = paths.get(property.name);
    // A property that cannot be a column was reported, its rules cannot be read.
    if (column === undefined || path === undefined) return [];
    return (property.quality ?? []).flatMap(
      (rule, index) =>
        readRule(rule, layer, { table, column, columns, path: [...path, 'quality', index] }, report) ?? [],
    );
  });
  return [...ofTable, ...ofColumns];
}
