/** One test that failed, or a check as a whole. */
export interface Failed {
  /** File and name, as the runner knows it. */
  readonly test: string;
  readonly text: string;
}

/** What came of a check: counts of its tests, or one for the check itself. */
export interface Outcome {
  readonly passed: number;
  readonly skipped: readonly string[];
  readonly failed: readonly Failed[];
}
