import { type Problem, readYaml, type YamlDocument } from '@lakehouse/contracts';
import { checkShape } from '../text/checkShape.js';
import type { SourceFile } from '../text/problemIn.js';
import { type DomainFile, domainFileSchema } from './domainFileSchema.js';

/** A domain.yaml that is in order by itself. */
export interface ReadDomain {
  readonly value: DomainFile;
  readonly document: YamlDocument;
}

export interface DomainReading {
  readonly domain: ReadDomain | null;
  readonly problems: readonly Problem[];
}

const codes = {
  LH1101: 'LH1301',
  LH1102: 'LH1302',
  LH1103: 'LH1303',
  LH1104: 'LH1304',
  LH1105: 'LH1305',
  LH1106: 'LH1306',
};

/** Reads a domain.yaml and reports everything in it that is not of the language. */
export function readDomain(file: SourceFile): DomainReading {
  const { document, problems } = readYaml(file.path, file.text);
  if (!document) return { domain: null, problems };
  const { value, problems: shape } = checkShape(document, domainFileSchema, codes);
  return { domain: value && { value, document }, problems: [...problems, ...shape] };
}
