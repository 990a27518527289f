/** A part of the declared state that the store cannot be brought to from here. */
export interface LeftOut {
  readonly what: string;
  /** What to do by hand. */
  readonly instead: string;
}

/** What a part of the work came to. */
export interface Result {
  readonly changes: number;
  readonly leftOut: readonly LeftOut[];
}
