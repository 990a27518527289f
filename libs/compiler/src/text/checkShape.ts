import { positionOf, type Problem, structureFindings, type YamlDocument } from '@lakehouse/contracts';
import type { z } from 'zod';

/** Codes of contract files, with the codes that the same mistakes have in a file of another kind. */
export type ShapeCodes = Readonly<Record<string, string>>;

/** Checks a YAML file against its schema; every mistake is a problem at its place. */
export function checkShape<Value>(
  document: YamlDocument,
  schema: z.ZodType<Value>,
  codes: ShapeCodes,
): { value: Value | null; problems: readonly Problem[] } {
  const result = schema.safeParse(document.value, { reportInput: true });
  if (result.success) return { value: result.data, problems: [] };
  const problems = structureFindings(schema, document.value, result.error.issues).map((finding): Problem => {
    const { path, code, message, fix, at } = finding;
    return {
      code: codes[code] ?? code,
      severity: 'error',
      file: document.file,
      ...positionOf(document, path, at),
      message,
      fix,
    };
  });
  return { value: null, problems };
}
