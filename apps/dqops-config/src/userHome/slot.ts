import { type Severity } from '@lakehouse/plan';

/** When a check runs: by the gate, each result stored, or once a day. */
export type CheckType = 'profiling' | 'daily';

/** One check at its place in the file of a table. */
export interface Slot {
  readonly type: CheckType;
  /** The column it stands at, or null for the table. */
  readonly column: string | null;
  readonly category: string;
  /** Its name as DQOps runs and reports it, such as `profile_row_count`. */
  readonly name: string;
  readonly body: object;
  /** What stands there instead where the name is taken: a check of DQOps' own can stand at a place only once. */
  readonly otherwise?: Slot;
}

/** What a check of DQOps' own is told. */
export interface BuiltIn {
  readonly severity: Severity;
  /** Parameters of the rule at that severity. */
  readonly rule: object;
  /** Parameters of the sensor. */
  readonly parameters?: object;
  readonly display_name?: string;
  readonly quality_dimension?: string;
}

/** DQOps' own check `name`, which has one variant for each type. */
export function builtIn(
  type: CheckType,
  column: string | null,
  category: string,
  name: string,
  { severity, rule, ...rest }: BuiltIn,
): Slot {
  const prefix = type === 'profiling' ? 'profile' : 'daily';
  return { type, column, category, name: `${prefix}_${name}`, body: { ...rest, [severity]: rule } };
}
