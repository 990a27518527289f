/** What the command line's exit codes mean; the runtime uses the same. */
export const exitCode = {
  ok: 0,
  /** Errors in the user's files, or an audit that failed. */
  problems: 1,
  usage: 2,
  /** A service, the disk, or a defect. */
  failed: 3,
  /** Another run holds the domain. */
  locked: 4,
  interrupted: 130,
} as const;
