import { dataContract, type DataContract } from './odcs/dataContract.js';
import type { Path } from './position.js';
import type { Problem } from './problem.js';
import { reporterOf } from './report/reporter.js';
import { suggest } from './report/suggest.js';
import { structureFindings, type StructureFinding } from './report/structureFindings.js';
import { cut } from './yaml/cut.js';
import type { YamlDocument } from './yaml/document.js';

export interface Structure {
  /** What the document says by the standard, or what is left of it without its faulty parts; null where nothing is. */
  readonly source: DataContract | null;
  /** The document that `source` was read from. */
  readonly document: YamlDocument;
  readonly problems: readonly Problem[];
  /** Codes of later problems that would only follow from those found here. */
  readonly consequences: ReadonlySet<string>;
}

/** Lists whose items are understood as a whole or not at all. */
const wholes = [
  'quality',
  'relationships',
  'customProperties',
  'slaProperties',
  'servers',
  'support',
  'roles',
  'team',
  'price',
];

/** Compares a document with the standard. The sound parts of a faulty one are handed on, so that all its problems are found at once. */
export function readStructure(document: YamlDocument): Structure {
  const read = dataContract.safeParse(document.value, { reportInput: true });
  if (read.success) return { source: read.data, document, problems: [], consequences: new Set() };
  const findings = structureFindings(dataContract, document.value, read.error.issues);
  const problems: Problem[] = [];
  const report = reporterOf(document, problems);
  for (const finding of findings) report.error(finding.path, finding);
  const sound = cut(document, findings.map(faultyPart));
  const again = dataContract.safeParse({ ...required, ...mapOf(sound.value) });
  return {
    source: again.success ? again.data : null,
    document: sound,
    problems,
    consequences: consequencesOf(findings),
  };
}

const required = { version: '0.0.0', kind: 'DataContract', apiVersion: 'v3.1.0', id: '', status: 'active' } as const;

/** The smallest part that can be left out so that the rest may be valid. */
function faultyPart({ path, code }: StructureFinding): Path {
  const whole = path.findIndex((step) => typeof step === 'string' && wholes.includes(step));
  if (whole >= 0 && whole < path.length - 1)
    return path.slice(0, typeof path[whole + 1] === 'number' ? whole + 2 : whole + 1);
  return code === 'LH1102' && path.length > 1 ? path.slice(0, -1) : path;
}

/** What tells the type of a column. */
const ofType = ['logicalType', 'physicalType', 'items'];

function consequencesOf(findings: readonly StructureFinding[]): Set<string> {
  const touched = (...keys: string[]): boolean =>
    findings.some(({ path }) => path.some((step) => typeof step === 'string' && keys.includes(step)));
  const codes = new Set<string>();
  const misspelt = findings.flatMap(({ path, code }) =>
    code === 'LH1101' ? [suggest(String(path.at(-1)), ofType)] : [],
  );
  if (touched(...ofType) || misspelt.some((meant) => meant !== null)) codes.add('LH1110');
  if (touched('customProperties')) codes.add('LH1203');
  if (touched('properties')) for (const code of ['LH1112', 'LH1118']) codes.add(code);
  if (findings.some(({ path, code }) => code === 'LH1102' || path.at(-1) === 'schema' || path.at(-1) === 'name')) {
    for (const code of ['LH1107', 'LH1109', 'LH1112', 'LH1118', 'LH1205', 'LH1211', 'LH1212', 'LH1202'])
      codes.add(code);
  }
  return codes;
}

const mapOf = (value: unknown): object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
