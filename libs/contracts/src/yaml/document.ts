/** A node of a YAML file: where it starts in the text, and what stands below it. */
export interface YamlNode {
  readonly start: number;
  readonly children: ReadonlyMap<string | number, YamlChild>;
}

export interface YamlChild {
  /** Where the key starts; for the item of a list, where the item starts. */
  readonly keyStart: number;
  readonly node: YamlNode;
}

/** A YAML file as plain values, with the place of each of them. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  readonly root: YamlNode;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
}
