import type { AffectedKeys, ContractColumn, DriftPolicy, Layer } from './contract.js';
import type { DataContract } from './odcs/dataContract.js';
import { knownProperties as known, propertyNames } from './properties/known.js';
import { readProperty } from './properties/readProperty.js';
import { checkColumnNames } from './readKeys.js';
import type { Reporter } from './report/reporter.js';
import { suggest } from './report/suggest.js';
import { isAtomic } from './types/sparkType.js';

export interface PipelineProperties {
  readonly origin: string | null;
  readonly orderingColumn: string | null;
  readonly driftPolicy: DriftPolicy;
  readonly clusteredBy: readonly string[];
  readonly affectedKeys: AffectedKeys | null;
  readonly maxQuarantine: number;
}

/** What the pipeline needs beyond the standard, from the custom properties at the root of a contract. */
export function readProperties(
  { customProperties: properties }: DataContract,
  layer: Layer,
  columns: readonly ContractColumn[],
  report: Reporter,
): PipelineProperties {
  const origin = readProperty(properties, [], 'lakehouseOrigin', known.lakehouseOrigin, report);
  if (layer === 'silver' && !(properties ?? []).some(({ property }) => isOrigin(property))) {
    report.error(['customProperties'], {
      code: 'LH1203',
      message: 'A silver table needs the custom property `lakehouseOrigin`.',
      fix: 'Add `- property: lakehouseOrigin` with the bronze table as its value.',
    });
  }
  const ordering = readProperty(properties, [], 'lakehouseOrderingColumn', known.lakehouseOrderingColumn, report);
  if (ordering !== null && checkColumnNames([ordering.value], columns, ordering.path, 'LH1202', report)) {
    const column = columns.find(({ name }) => name === ordering.value);
    if (column !== undefined && !isAtomic(column.sparkType)) {
      report.error(ordering.path, {
        code: 'LH1202',
        message: `\`${column.name}\` is ${column.type} and has no order.`,
        fix: 'Choose a column with a simple type.',
      });
    }
  }
  const clustered = readProperty(properties, [], 'lakehouseClusteredBy', known.lakehouseClusteredBy, report);
  if (clustered !== null) checkColumnNames(clustered.value, columns, clustered.path, 'LH1202', report);
  const affected = readProperty(properties, [], 'lakehouseAffectedKeys', known.lakehouseAffectedKeys, report);
  const inputs = Object.entries(affected?.value.inputs ?? {}).map(([table, expressions]) => ({
    table,
    expressions,
    path: [...(affected?.path ?? []), 'inputs', table],
  }));
  if (affected !== null) {
    const { columns: keys } = affected.value;
    checkColumnNames(keys, columns, [...affected.path, 'columns'], 'LH1202', report);
    for (const { table, expressions, path } of inputs) {
      if (expressions.length === keys.length) continue;
      report.error(path, {
        code: 'LH1202',
        message: `\`${table}\` has ${expressions.length} expressions for ${keys.length} columns.`,
        fix: 'Write one expression for each of `columns`, in their order.',
      });
    }
  }
  return {
    origin: origin?.value ?? null,
    orderingColumn: ordering?.value ?? null,
    driftPolicy:
      readProperty(properties, [], 'lakehouseDriftPolicy', known.lakehouseDriftPolicy, report)?.value ?? 'rescue',
    clusteredBy: clustered?.value ?? [],
    affectedKeys: affected === null ? null : { columns: affected.value.columns, inputs },
    maxQuarantine:
      readProperty(properties, [], 'lakehouseMaxQuarantine', known.lakehouseMaxQuarantine, report)?.value ?? 5,
  };
}

/** The origin, or a name that was meant to be it and is reported as misspelt. */
const isOrigin = (name: string): boolean => suggest(name, propertyNames) === 'lakehouseOrigin';
