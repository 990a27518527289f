/** A place in a file that a person wrote; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The way from the root of a YAML file to a node: `['schema', 0, 'properties', 3, 'name']`. */
export type Path = readonly (string | number)[];
