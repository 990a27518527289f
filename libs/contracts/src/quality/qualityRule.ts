import type { Comparison, Severity } from '@lakehouse/plan';
import type { Path } from '../position.js';

/** A value of validValues or missingValues. */
export type ListedValue = string | number | boolean | null;

/** What a quality rule counts. */
export type Metric =
  | { readonly kind: 'nullValues' }
  | { readonly kind: 'missingValues'; readonly values: readonly ListedValue[] }
  | { readonly kind: 'invalidValues'; readonly values: readonly ListedValue[] | null; readonly pattern: string | null }
  | { readonly kind: 'duplicateValues'; readonly columns: readonly string[] }
  | { readonly kind: 'rowCount' }
  /** A query of one value; `${table}` is what is judged, `${layer.table}` any other table. */
  | { readonly kind: 'sql'; readonly query: string };

/** A quality rule of the standard, or one that follows from `required`, `unique` or the primary key. */
export interface QualityRule {
  readonly id: string;
  readonly column: string | null;
  readonly description: string;
  readonly dimension: string | null;
  readonly metric: Metric;
  readonly comparison: Comparison;
  readonly unit: 'rows' | 'percent' | null;
  readonly severity: Severity;
  /** `row`: each row that breaks it is quarantined. */
  readonly scope: 'row' | 'batch' | 'table';
  readonly path: Path;
}
