import type { Check, RowRule } from '@lakehouse/plan';
import { checkNames } from './properties/checkNames.js';
import type { Contract, Layer, TableUse } from './contract.js';
import { readFileName } from './fileName.js';
import type { DataContract, SchemaObject } from './odcs/dataContract.js';
import type { Path } from './position.js';
import type { Problem } from './problem.js';
import { knownProperties } from './properties/known.js';
import { readProperty } from './properties/readProperty.js';
import { compileRule } from './quality/compileRule.js';
import { impliedRules, typeRules } from './quality/impliedRules.js';
import { readRules } from './quality/readRules.js';
import { readColumns } from './readColumns.js';
import { readKey, readPartitions } from './readKeys.js';
import { readProperties } from './readProperties.js';
import { readReferences } from './references/readReferences.js';
import { oneOf } from './report/oneOf.js';
import { reporterOf, type Reporter } from './report/reporter.js';
import { readServiceLevels } from './sla/readServiceLevels.js';
import type { SparkType } from './types/sparkType.js';
import { uniqueIds } from './quality/uniqueIds.js';
import { warnOfUnexecuted } from './warnOfUnexecuted.js';
import type { YamlDocument } from './yaml/document.js';
import { positionOf } from './yaml/positionOf.js';

export interface BuiltContract {
  readonly contract: Contract | null;
  readonly problems: readonly Problem[];
}

const statuses = ['proposed', 'draft', 'active', 'deprecated', 'retired'];
const objectPath: Path = ['schema', 0];

/** Makes sense of a contract that is valid by the standard. The contract is null where a part is missing that all others need. */
export function buildContract(document: YamlDocument, source: DataContract): BuiltContract {
  const problems: Problem[] = [];
  const report = reporterOf(document, problems);
  const layer = readLayer(document.file, source, report);
  const object = readObject(document.file, source, report);
  warnOfUnexecuted(source, report);
  checkNames(source, layer, report);
  checkRoot(source, report);
  const contract = layer === null || object === null ? null : assemble(document, source, layer, object, report);
  return { contract, problems };
}

function readLayer(file: string, source: DataContract, report: Reporter): Layer | null {
  const named = readFileName(file);
  if (named === null) {
    report.error([], {
      code: 'LH1007',
      message: 'The file name does not say layer and table.',
      fix: 'Name it `silver.<table>.odcs.yaml`, `gold.<table>.odcs.yaml` or `ops.<table>.odcs.yaml`, in lower case.',
    });
  }
  const stated = readProperty(source.customProperties, [], 'lakehouseLayer', knownProperties.lakehouseLayer, report);
  if (stated !== null && named !== null && stated.value !== named.layer) {
    report.error(stated.path, {
      code: 'LH1109',
      message: `The contract says \`${stated.value}\`, the file name \`${named.layer}\`.`,
      fix: `Write \`${named.layer}\`, or rename the file.`,
    });
  }
  return named?.layer ?? stated?.value ?? null;
}

function readObject(file: string, source: DataContract, report: Reporter): SchemaObject | null {
  const [object, ...others] = source.schema ?? [];
  if (object === undefined || others.length > 0) {
    report.error(['schema'], {
      code: 'LH1107',
      message: `The contract describes ${source.schema?.length ?? 0} schema objects.`,
      fix: 'Describe exactly one table in a contract file.',
    });
    return null;
  }
  const named = readFileName(file);
  if (named !== null && named.object !== object.name) {
    report.error([...objectPath, 'name'], {
      code: 'LH1109',
      message: `The table is \`${object.name}\` here and \`${named.object}\` in the file name.`,
      fix: `Write \`name: ${named.object}\`, or rename the file.`,
    });
  }
  return object;
}

function checkRoot(source: DataContract, report: Reporter): void {
  if (!/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(source.version)) {
    report.error(['version'], {
      code: 'LH1114',
      message: `The version \`${source.version}\` is not of the form major.minor.patch.`,
      fix: 'Write a version such as `1.0.0`.',
    });
  }
  if (!statuses.includes(source.status)) {
    report.warning(['status'], {
      code: 'LH1115',
      message: `The status \`${source.status}\` is unusual.`,
      fix: oneOf(source.status, statuses),
    });
  }
}

function assemble(
  document: YamlDocument,
  source: DataContract,
  layer: Layer,
  object: SchemaObject,
  report: Reporter,
): Contract {
  const table = `${layer}.${object.name}`;
  const properties = object.properties ?? [];
  const propertiesPath = [...objectPath, 'properties'];
  if (properties.length === 0) {
    report.error(objectPath, {
      code: 'LH1118',
      message: 'The table has no columns.',
      fix: 'List them under `properties`.',
    });
  }
  const { columns, paths } = readColumns(properties, propertiesPath, report);
  const key = readKey(properties, columns, layer, propertiesPath, report);
  const partitionedBy = readPartitions(properties, columns, propertiesPath, report);
  const pipeline = readProperties(source, layer, columns, report);
  if (partitionedBy.length > 0 && pipeline.clusteredBy.length > 0) {
    report.error(propertiesPath, {
      code: 'LH1113',
      message: 'The table is partitioned and clustered; Delta does one or the other.',
      fix: 'Remove `partitioned` or `lakehouseClusteredBy`.',
    });
  }
  const types = new Map<string, SparkType>(columns.map((column) => [column.name, column.sparkType]));
  const typeOf = (name: string): SparkType => types.get(name) ?? { kind: 'string' };
  const written = readRules(object, layer, table, columns, paths, objectPath, report);
  const references = readReferences({
    table,
    object,
    columns,
    path: objectPath,
    positionOf: (path) => positionOf(document, path),
    report,
  });
  const levels = readServiceLevels(source.slaProperties ?? [], { table, object: object.name, columns, report });
  const quality = [...impliedRules({ table, layer, key }, columns, paths), ...written.map(({ rule }) => rule)];
  uniqueIds(
    [...quality, ...references, ...levels.freshness.map(({ check, path }) => ({ id: check.id, path }))],
    report,
  );

  const rowRules: RowRule[] = typeRules({ table, layer }, columns);
  const checks: Check[] = [];
  for (const rule of quality) {
    const compiled = compileRule(rule, typeOf);
    if (compiled.kind === 'row') rowRules.push(compiled.rule);
    else checks.push(compiled.check);
  }
  const tableUses = written.flatMap(({ rule, tables }) =>
    tables.map((used): TableUse => {
      const path = [...rule.path, 'query'];
      return { rule: rule.id, table: used, path, position: positionOf(document, path) };
    }),
  );
  return {
    file: document.file,
    id: source.id,
    name: source.name ?? table,
    version: source.version,
    status: source.status,
    domain: source.domain ?? null,
    team: Array.isArray(source.team) ? null : (source.team?.name ?? null),
    description: object.description ?? source.description?.purpose ?? '',
    layer,
    table,
    objectId: object.id ?? null,
    columns,
    key,
    partitionedBy,
    rowRules,
    checks: [...checks, ...levels.freshness.map(({ check }) => check)],
    references,
    tableUses,
    retention: levels.retention,
    ...pipeline,
    quality,
    document,
    source,
  };
}
