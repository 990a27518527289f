/** A value, or a value with the reason for it, which goes into the file as a comment. */
export type Property = string | { readonly value: string; readonly because: string };

/** Names and their values, in the order in which they go into the file. */
export type Properties = Readonly<Record<string, Property>>;

/** One entry of a file: its name, its value and the comment that goes before it. */
export interface Entry {
  readonly name: string;
  readonly value: string;
  readonly comment: string | null;
}

/** The entries of a file in their order. */
export function entriesOf(properties: Properties): readonly Entry[] {
  return Object.entries(properties).map(([name, property]) =>
    typeof property === 'string'
      ? { name, value: property, comment: null }
      : { name, value: property.value, comment: property.because },
  );
}
