import { oneOf, type Path, positionOf, type Problem } from '@lakehouse/contracts';
import { problemIn } from '../text/problemIn.js';
import type { Catalog } from './catalog.js';
import type { Domain } from './readWorkspace.js';

/** Files of a domain that do not fit each other: names that differ, models without a contract. */
export function domainFaults(domains: readonly Domain[], catalog: Catalog): readonly Problem[] {
  const files = new Map<string, string>();
  return domains.flatMap((domain) => {
    const problems: Problem[] = [];
    const atDomain = (path: Path, code: string, message: string, fix: string): void => {
      if (domain.document === null) return;
      const file = domain.document.file;
      problems.push({ code, severity: 'error', file, ...positionOf(domain.document, path), message, fix });
    };
    const other = files.get(domain.name);
    if (other !== undefined) {
      atDomain(
        ['domain'],
        'LH1314',
        `There are two domains \`${domain.name}\`: the other is ${other}.`,
        'Rename one of them.',
      );
    }
    if (domain.document !== null) files.set(domain.name, domain.document.file);
    for (const contract of domain.document === null ? [] : [...domain.contracts, ...domain.drafts]) {
      if (contract.domain === null || contract.domain === domain.name) continue;
      problems.push({
        code: 'LH1315',
        severity: 'error',
        file: contract.file,
        ...positionOf(contract.document, ['domain']),
        message: `The contract belongs to the domain \`${contract.domain}\`, but lies in the folder of \`${domain.name}\`.`,
        fix: `Write \`domain: ${domain.name}\`, or move the file.`,
      });
    }
    const { sqlModels, pythonModels } = domain.folder;
    for (const { file, table } of [...sqlModels, ...pythonModels]) {
      if (domain.contracts.some((contract) => contract.table === table)) continue;
      if (domain.folder.contracts.some((contract) => contract.table === table)) continue;
      const message = `There is no contract for the model of \`${table}\`.`;
      const described = catalog.names.filter((name) => name !== table && !domain.models.has(name));
      const meant = described.length > 0 ? ` ${oneOf(table, described)}` : '';
      const fix = `Write contracts/${table}.odcs.yaml beside models.${meant}`;
      problems.push(problemIn(file, { code: 'LH1402', offset: null, message, fix }));
    }
    return problems;
  });
}
