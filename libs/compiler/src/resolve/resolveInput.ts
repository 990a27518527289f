import { oneOf } from '@lakehouse/contracts';
import type { Catalog } from './catalog.js';
import type { Domain } from './readWorkspace.js';

export type ResolvedInput =
  | { readonly ok: true; readonly table: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly fix: string };

const hidden: Readonly<Record<string, string>> = {
  landing: 'holds files as they came',
  bronze: 'is raw input that passed no rule',
  quarantine: 'holds rejected rows',
  staging: 'holds candidates that no audit has passed',
  ops: 'belongs to the platform',
};

/** The table that a gold model of a domain means by a name, if it may read it. */
export function resolveInput(parts: readonly string[], domain: Domain, catalog: Catalog): ResolvedInput {
  const written = parts.join('.');
  const [layer = '', ...rest] = parts.map((part) => part.toLowerCase());
  const refuse = (code: string, message: string, fix: string): ResolvedInput => ({ ok: false, code, message, fix });
  if (rest.length === 0) {
    const named = catalog.names.filter((name) => name.endsWith(`.${layer}`));
    const fix =
      named.length > 0
        ? `Write ${named.map((name) => `\`${name}\``).join(' or ')}.`
        : 'Write `silver.` or `gold.` before it.';
    return refuse('LH1502', `\`${written}\` is neither a CTE nor a table with its layer.`, fix);
  }
  if (rest.length > 1)
    return refuse(
      'LH1502',
      `\`${written}\` has more parts than a layer and a table.`,
      'Write `silver.table` or `gold.table`.',
    );
  const reason = hidden[layer];
  if (reason !== undefined) {
    return refuse(
      'LH1503',
      `A gold model cannot read \`${written}\`: ${layer} ${reason}.`,
      'Read a silver or gold table.',
    );
  }
  const table = `${layer}.${rest[0] ?? ''}`;
  const entry = catalog.entries.get(table);
  if (entry && layer === 'silver' && entry.domain.name !== domain.name) {
    const message = `\`${table}\` is silver of the domain ${entry.domain.name}, and only gold is published to other domains.`;
    return refuse('LH1504', message, 'Read a gold table of that domain, or ask its team to publish one.');
  }
  if (entry || catalog.broken.has(table)) return { ok: true, table };
  return refuse('LH1502', `There is no table \`${written}\`.`, oneOf(table, catalog.names));
}
