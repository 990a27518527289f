import type { Plan } from '@lakehouse/plan';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';

/** The named domains (null: all), each after those whose tables it reads. */
export function domainOrder(plan: Plan, names: readonly string[] | null): readonly string[] {
  const known = plan.domains.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Failure(
      'LH3028',
      unknown,
      'There is no domain of this name.',
      known.length === 0 ? 'Make one with `./lakehouse init-domain NAME`.' : `Choose from: ${known.join(', ')}.`,
      exitCode.usage,
    );
  }
  const domainOf = new Map(plan.tables.map((table) => [table.name, table.domain]));
  const reads = new Map(
    known.map((domain) => [
      domain,
      plan.tables
        .filter((table) => table.domain === domain)
        .flatMap((table) => (table.layer === 'gold' ? table.inputs : []))
        .map((input) => domainOf.get(input))
        .filter((other) => other !== undefined)
        .filter((other) => other !== domain),
    ]),
  );
  const ordered: string[] = [];
  const visiting = new Set<string>();
  const visit = (domain: string): void => {
    if (visiting.has(domain)) {
      return;
    }
    visiting.add(domain);
    reads.get(domain)?.forEach(visit);
    ordered.push(domain);
  };
  known.forEach(visit);
  return ordered.filter((domain) => names === null || names.includes(domain));
}
