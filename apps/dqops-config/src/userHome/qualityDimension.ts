/** DQOps' names for the quality dimensions of the Open Data Contract Standard; two of those it calls otherwise. */
const names: Readonly<Record<string, string>> = {
  accuracy: 'Accuracy',
  completeness: 'Completeness',
  conformity: 'Validity',
  consistency: 'Consistency',
  coverage: 'Completeness',
  timeliness: 'Timeliness',
  uniqueness: 'Uniqueness',
};

/** The part of a check that says its dimension: empty where the contract has none. */
export function qualityDimension(dimension: string | null): { readonly quality_dimension?: string } {
  const name = names[dimension ?? ''];
  return name === undefined ? {} : { quality_dimension: name };
}
