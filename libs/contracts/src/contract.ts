import type { Check, Column, RowRule, Severity } from '@lakehouse/plan';
import type { DataContract } from './odcs/dataContract.js';
import type { Path, Position } from './position.js';
import type { QualityRule } from './quality/qualityRule.js';
import type { SparkType } from './types/sparkType.js';
import type { YamlDocument } from './yaml/document.js';

export type Layer = 'silver' | 'gold' | 'ops';
export type DriftPolicy = 'rescue' | 'freeze' | 'discard';

/** A column of the plan, with what only the contracts need to know of it. */
export interface ContractColumn extends Column {
  readonly sparkType: SparkType;
  /** The standard's stable id, by which a fully qualified reference may name the column. */
  readonly id: string | null;
  readonly unique: boolean;
}

/** The other end of a reference, as its author wrote it; the compiler finds the table and its columns. */
export interface ReferenceTarget {
  /** The contract file before `#`, or null for `airlines.carrier` and for references without a file. */
  readonly file: string | null;
  /** Name or id of the schema object: `airlines`. */
  readonly object: string;
  /** Name or id of each column, in the order of `columns`. */
  readonly properties: readonly string[];
}

/** A foreign key whose parent is not known yet. */
export interface UnresolvedReference {
  readonly id: string;
  /** The column where it is declared, or null for one of the whole table. */
  readonly column: string | null;
  readonly columns: readonly string[];
  readonly target: ReferenceTarget;
  readonly severity: Severity;
  /** Percentage of rows that may lack their parent; null: none may. */
  readonly maxOrphans: number | null;
  readonly description: string;
  readonly path: Path;
  readonly position: Position;
}

/** A table that an SQL rule reads besides the one it judges. */
export interface TableUse {
  readonly rule: string;
  readonly table: string;
  readonly path: Path;
  readonly position: Position;
}

export interface AffectedKeys {
  readonly columns: readonly string[];
  /** The inputs whose mapping is stated; Spark SQL expressions in the order of `columns`. */
  readonly inputs: readonly { readonly table: string; readonly expressions: readonly string[]; readonly path: Path }[];
}

export interface Retention {
  readonly column: string;
  readonly days: number;
}

/** A contract file, understood as far as it can be without the others. */
export interface Contract {
  readonly file: string;
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly status: string;
  /** The domain it says it belongs to; the compiler compares it with the folder. */
  readonly domain: string | null;
  /** Name of the team, or null: the domain's team. */
  readonly team: string | null;
  readonly description: string;
  readonly layer: Layer;
  /** `silver.flights` */
  readonly table: string;
  /** The standard's stable id of the schema object. */
  readonly objectId: string | null;
  readonly columns: readonly ContractColumn[];
  /** Primary key columns in their order. */
  readonly key: readonly string[];
  readonly partitionedBy: readonly string[];
  readonly clusteredBy: readonly string[];
  /** Row rules other than references; always empty on gold. */
  readonly rowRules: readonly RowRule[];
  /** Checks other than references. */
  readonly checks: readonly Check[];
  readonly references: readonly UnresolvedReference[];
  readonly tableUses: readonly TableUse[];
  readonly retention: Retention | null;
  /** `bronze.flights`; null on gold. */
  readonly origin: string | null;
  /** Column whose larger value wins a merge; null: the landing sequence. */
  readonly orderingColumn: string | null;
  readonly driftPolicy: DriftPolicy;
  readonly affectedKeys: AffectedKeys | null;
  /** Percentage of a batch that may be quarantined. */
  readonly maxQuarantine: number;
  /** The quality rules in the standard's terms, from which row rules and checks were made. */
  readonly quality: readonly QualityRule[];
  /** The file as it was written; `positionOf(contract.document, path)` points into it. */
  readonly document: YamlDocument;
  /** The same, checked against the standard. */
  readonly source: DataContract;
}
