export interface ReferenceEnd {
  readonly file: string | null;
  readonly object: string;
  readonly property: string;
}

/** Reads `airlines.carrier` and `file.yaml#schema/airlines/properties/carrier`; null where it names no column of an object. */
export function parseReference(text: string): ReferenceEnd | null {
  const shorthand = /^([A-Za-z_][A-Za-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_]*)$/.exec(text);
  if (shorthand?.[1] !== undefined && shorthand[2] !== undefined) {
    return { file: null, object: shorthand[1], property: shorthand[2] };
  }
  const hash = text.indexOf('#');
  const file = hash < 0 ? null : text.slice(0, hash);
  const [schema, object, properties, property, ...rest] = text
    .slice(hash + 1)
    .replace(/^\//, '')
    .split('/');
  const isColumn = schema === 'schema' && properties === 'properties' && rest.length === 0;
  return isColumn && object !== undefined && property !== undefined ? { file, object, property } : null;
}
