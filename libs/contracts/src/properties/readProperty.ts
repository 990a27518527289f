import type { z } from 'zod';
import type { CustomProperty } from '../odcs/common.js';
import type { Path } from '../position.js';
import type { Reporter } from '../report/reporter.js';

export interface FoundProperty<Value> {
  readonly value: Value;
  readonly path: Path;
}

/** Reads one custom property of the object at `path`; null where it is absent or, after a report, malformed. */
export function readProperty<Value>(
  properties: readonly CustomProperty[] | undefined,
  path: Path,
  name: string,
  known: { readonly schema: z.ZodType<Value>; readonly form: string },
  report: Reporter,
): FoundProperty<Value> | null {
  const index = properties?.findIndex(({ property }) => property === name) ?? -1;
  const found = properties?.[index];
  if (found === undefined) return null;
  const place = [...path, 'customProperties', index, 'value'];
  const value = known.schema.safeParse(found.value);
  if (value.success) return { value: value.data, path: place };
  report.error(place, { code: 'LH1202', message: `\`${name}\` cannot have this value.`, fix: `Write ${known.form}.` });
  return null;
}
