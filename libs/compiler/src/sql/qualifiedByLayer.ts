import type { Remark } from '../text/problemIn.js';
import type { TableReference } from './findTableReferences.js';
import type { Statement } from './parseStatement.js';

const layers = ['landing', 'bronze', 'silver', 'gold', 'quarantine', 'staging', 'ops'];

/**
 * Names like `silver.flights` that stand where the tree has no table: columns named by their whole table, which lose
 * their meaning when the table's name is replaced, and tables that the parser did not see as such.
 */
export function qualifiedByLayer({ tokens }: Statement, references: readonly TableReference[]): readonly Remark[] {
  return tokens.flatMap((token, index): Remark[] => {
    const layer = token.kind === 'QUOTED_IDENTIFIER' ? token.word.slice(1, -1) : token.word;
    if (!layers.includes(layer) || tokens[index + 1]?.kind !== 'DOT' || tokens[index - 1]?.kind === 'DOT') return [];
    if (references.some((reference) => reference.start <= token.start && token.end <= reference.end)) return [];
    return [
      {
        code: 'LH1432',
        offset: token.start,
        message: `\`${token.text}.${tokens[index + 2]?.text ?? ''}\` stands where a column is expected.`,
        fix: 'Give the table an alias and write `alias.column`; do not use the name of a layer as an alias.',
      },
    ];
  });
}
