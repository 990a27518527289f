import { buildContract } from './buildContract.js';
import type { Contract } from './contract.js';
import type { Problem } from './problem.js';
import { readStructure } from './readStructure.js';
import { readYaml } from './yaml/readYaml.js';

export interface ParsedContract {
  /** Null where any problem is an error. */
  readonly contract: Contract | null;
  /** Of a file with errors: what it says without its faulty parts, where that is enough for a table. */
  readonly draft: Contract | null;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

/**
 * Reads one contract file of the Open Data Contract Standard. Never throws: everything wrong is a problem.
 * @param file - path relative to the workspace; its name says the layer and the table
 */
export function parseContract(file: string, text: string): ParsedContract {
  const { document, problems } = readYaml(file, text);
  if (document === null) return { contract: null, draft: null, problems };
  const structure = readStructure(document);
  const built = structure.source === null ? null : buildContract(structure.document, structure.source);
  const later = built?.problems.filter(({ code }) => !structure.consequences.has(code)) ?? [];
  const all = [...problems, ...structure.problems, ...later].toSorted((a, b) => a.line - b.line || a.column - b.column);
  const sound = all.every(({ severity }) => severity !== 'error');
  const understood = built?.contract ?? null;
  return { contract: sound ? understood : null, draft: sound ? null : understood, problems: all };
}
