import type { TableReference } from './findTableReferences.js';

/**
 * The text with `${layer.table}` in place of each table's name and nothing else changed. A table without an alias gets
 * its own name as one, so that `flights.carrier` keeps its meaning.
 */
export function rewriteTables(
  text: string,
  references: readonly TableReference[],
  tableOf: (reference: TableReference) => string,
): string {
  let rewritten = '';
  let end = 0;
  for (const reference of references) {
    const name = reference.parts.at(-1) ?? '';
    const alias = /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
    const own = reference.alias === null ? ` as ${alias}` : '';
    rewritten += `${text.slice(end, reference.start)}\${${tableOf(reference)}}${own}`;
    end = reference.end;
  }
  return rewritten + text.slice(end);
}
