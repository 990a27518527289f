/** A rule of a contract that DQOps cannot check, and why. */
export interface Unsupported {
  /** `silver.flights/dest/references` */
  readonly rule: string;
  readonly reason: string;
}
