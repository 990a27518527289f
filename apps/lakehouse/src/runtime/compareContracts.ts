import { checkVersion, diffContracts, parseContract, type Contract, type Problem } from '@lakehouse/contracts';
import type { ContractDifference } from '../render/contractDiff.js';
import type { DomainFile } from '../workspace/domainFiles.js';

interface Parsed {
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly problems: readonly Problem[];
}

function parse(files: readonly DomainFile[]): Parsed {
  const parsed = files.map(({ path, text }) => parseContract(path, text));
  return {
    contracts: new Map(
      parsed.flatMap(({ contract }) => (contract === null ? [] : [[contract.table, contract] as const])),
    ),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

export interface ComparedContracts {
  /** Only those that differ. */
  readonly differences: readonly ContractDifference[];
  /** Of the files as they are now; an error leaves nothing to compare with. */
  readonly problems: readonly Problem[];
}

/** Compares contracts table by table. A contract that was broken before counts as new. */
export function compareContracts(before: readonly DomainFile[], after: readonly DomainFile[]): ComparedContracts {
  const was = parse(before).contracts;
  const { contracts: is, problems } = parse(after);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const tables = [...new Set([...was.keys(), ...is.keys()])].sort();
  const differences = tables.map((table): ContractDifference => {
    const earlier = was.get(table) ?? null;
    const now = is.get(table) ?? null;
    const changes = diffContracts(earlier, now);
    return {
      table,
      versionBefore: earlier?.version ?? null,
      versionAfter: now?.version ?? null,
      changes,
      problem: checkVersion(earlier, now, changes),
    };
  });
  return {
    differences:
      errors.length > 0 ? [] : differences.filter(({ changes, problem }) => changes.length > 0 || problem !== null),
    problems: errors,
  };
}
