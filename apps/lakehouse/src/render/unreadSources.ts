import type { Plan } from '@lakehouse/plan';
import type { UnreadSource } from '../runtime/results.js';
import { formatCount } from './format.js';
import type { Style } from './style.js';

/** Silver tables whose rows refer to one of these tables, and are held back without it. */
function childrenOf(parents: readonly string[], plan: Plan): readonly string[] {
  return plan.tables.flatMap((table) => {
    const isChild =
      table.layer === 'silver' &&
      table.rowRules.some((rule) => rule.kind === 'reference' && parents.includes(rule.reference.parent));
    return isChild ? [table.name] : [];
  });
}

function connectionOf(source: string, plan: Plan): readonly string[] {
  const name = plan.sources.find((candidate) => candidate.name === source)?.connection ?? null;
  return name === null
    ? []
    : [`    connection  ${name}: LAKEHOUSE_CONNECTION_${name.toUpperCase()}, else its line in connections.yaml`];
}

function explain({ source, table, code, message, fix }: UnreadSource, plan: Plan, style: Style): string {
  const made = plan.tables.flatMap((candidate) =>
    candidate.layer === 'silver' && candidate.origin === table ? [candidate.name] : [],
  );
  const waiting = childrenOf(made, plan);
  return [
    `${style.red('✗')} ${style.bold(source)} ${style.dim(code)}`,
    `    ${message}`,
    `    fix         ${fix}`,
    ...connectionOf(source, plan),
    `    missing     what is new for ${[table, ...made].join(', ')}`,
    ...(waiting.length === 0
      ? []
      : [`    waiting     rows of ${waiting.join(', ')} that refer to it, until it has been read`]),
  ].join('\n');
}

/** The sources that a run could not read, why, and what lacks for it; empty where all were read. */
export function renderUnreadSources(failures: readonly UnreadSource[], plan: Plan, style: Style): string {
  return failures.length === 0
    ? ''
    : [
        style.bold(`${formatCount(failures.length, 'source')} could not be read:`),
        ...failures.map((failure) => explain(failure, plan, style)),
      ].join('\n\n');
}
