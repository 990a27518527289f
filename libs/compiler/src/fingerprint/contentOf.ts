import type { GoldTable, RowRule, SilverTable } from '@lakehouse/plan';
import { readTokens } from '../sql/readTokens.js';
import { tokenText } from '../sql/tokenText.js';

export type Content = Readonly<Record<string, unknown>>;

/** What decides a table's rows, given its inputs: without descriptions, checks and the layout of its files. */
export function contentOf(table: Omit<SilverTable, 'fingerprint'> | Omit<GoldTable, 'fingerprint'>): Content {
  const common = {
    layer: table.layer,
    columns: table.columns.map(({ name, type, nullable }) => ({ name, type, nullable })),
    key: table.key,
    partitionedBy: table.partitionedBy,
  };
  if (table.layer === 'gold') {
    const { model } = table;
    return {
      ...common,
      model: model.kind === 'sql' ? normalised(model.sql) : { source: model.source, function: model.function },
    };
  }
  const { projection, origin, orderingColumn, rowRules } = table;
  return {
    ...common,
    origin,
    orderingColumn,
    rowRules: rowRules.map(ruleContent).sort((left, right) => (left.id < right.id ? -1 : 1)),
    projection:
      projection.kind === 'sql'
        ? { alias: projection.alias, expressions: projection.expressions }
        : { source: projection.source, function: projection.function },
  };
}

function ruleContent(rule: RowRule): { readonly id: string; readonly [field: string]: unknown } {
  switch (rule.kind) {
    case 'expression':
      return { id: rule.id, kind: rule.kind, violation: rule.violation };
    case 'type':
      return { id: rule.id, kind: rule.kind, column: rule.column };
    case 'reference':
      return { id: rule.id, kind: rule.kind, reference: rule.reference };
  }
}

/** SQL without comments and with single blanks. Placeholders are no SQL: `${` and what follows are tokens of their own. */
function normalised(sql: string): string {
  return tokenText(sql, readTokens(sql)) || sql;
}
