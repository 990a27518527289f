/** `breaking`: who reads the table may have to change something. */
export type ChangeLevel = 'breaking' | 'compatible' | 'documentation';

export interface Change {
  readonly level: ChangeLevel;
  /** `silver.flights` */
  readonly table: string;
  /** Null where the change is about the whole table. */
  readonly column: string | null;
  readonly message: string;
}

const order: readonly ChangeLevel[] = ['documentation', 'compatible', 'breaking'];

/** The gravest level among changes, or null where there are none. */
export function gravest(changes: readonly Pick<Change, 'level'>[]): ChangeLevel | null {
  return order.findLast((level) => changes.some((change) => change.level === level)) ?? null;
}
