export type {
  AffectedKeys,
  Contract,
  ContractColumn,
  DriftPolicy,
  Layer,
  ReferenceTarget,
  Retention,
  TableUse,
  UnresolvedReference,
} from './contract.js';
export type { DataContract } from './odcs/dataContract.js';
export { parseContract, type ParsedContract } from './parseContract.js';
export type { Path, Position } from './position.js';
export type { Problem } from './problem.js';
export type { ListedValue, Metric, QualityRule } from './quality/qualityRule.js';
export { resolveReference, type ResolvedReference } from './references/resolveReference.js';
export { oneOf } from './report/oneOf.js';
export { reporterOf, type Finding, type Reporter } from './report/reporter.js';
export { structureFindings, type StructureFinding } from './report/structureFindings.js';
export { suggest } from './report/suggest.js';
export { quoteIdentifier } from './sql/quoteIdentifier.js';
export { quoteText } from './sql/quoteText.js';
export { formatSparkType } from './types/formatSparkType.js';
export { parseSparkType } from './types/parseSparkType.js';
export type { SparkType } from './types/sparkType.js';
export type { YamlDocument, YamlNode } from './yaml/document.js';
export { positionOf } from './yaml/positionOf.js';
export { readYaml, type ReadYaml } from './yaml/readYaml.js';
export type { Change, ChangeLevel } from './diff/change.js';
export { diffContracts } from './diff/diffContracts.js';
export { checkVersion, requiredVersion } from './diff/version.js';
