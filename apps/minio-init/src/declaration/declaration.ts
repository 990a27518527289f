/**
 * What an identity may do in a bucket. None of them is about the bucket itself: nobody but the root user makes, removes or
 * sets up buckets.
 *
 * - `list`: the names of objects
 * - `read`: the objects
 * - `write`: new objects, whole or in parts
 * - `delete`: objects; where the bucket keeps versions, the deleted one stays behind a marker
 * - `history`: old versions, and how the bucket is set up
 * - `folders`: whether a path exists, and making it one (an empty object whose name ends in a slash), but no file of a table
 */
export type Grant = 'list' | 'read' | 'write' | 'delete' | 'history' | 'folders';

export interface DeclaredBucket {
  readonly name: string;
  /** An overwritten or deleted object stays as an old version. Default: false */
  readonly versioned?: boolean;
  /** Objects can be locked against deletion; most stores allow it to new buckets only. Default: false */
  readonly lockable?: boolean;
  /** Objects older than this are removed. Default: never */
  readonly expireDays?: number;
  /** Old versions are removed so many days after they were replaced or deleted. Default: never */
  readonly expireOldVersionsDays?: number;
}

export interface DeclaredIdentity {
  /** Its access key id. */
  readonly name: string;
  /** The secret that holds its secret key. */
  readonly secret: string;
  readonly buckets: Readonly<Record<string, readonly Grant[]>>;
}

/** The state that an object store is brought to. */
export interface Declaration {
  readonly buckets: readonly DeclaredBucket[];
  readonly identities: readonly DeclaredIdentity[];
}
