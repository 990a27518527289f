/** Something wrong, or worth knowing, in a file that a user wrote. */
export interface Problem {
  /** Searchable and documented: `LH1203`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Relative to the workspace. */
  readonly file: string;
  /** From 1; 0 where the problem is the file itself. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do about it, as an instruction. */
  readonly fix: string;
}
