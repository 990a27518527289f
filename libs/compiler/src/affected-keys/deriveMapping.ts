import { callOf } from '../sql/functionCalls.js';
import { aggregateFunctions, generatorFunctions, volatileFunctions } from '../sql/functionNames.js';
import { entryTokens } from '../sql/entryTokens.js';
import type { GoldModel } from '../sql/goldModel.js';
import { type OutputColumn, outputColumn } from '../sql/outputColumns.js';
import type { Statement } from '../sql/parseStatement.js';
import type { Token } from '../sql/readTokens.js';
import { children, ofKind, type Tree } from '../sql/tree.js';
import { type ColumnUse, columnUses } from './columnUses.js';
import { commonTables, type Visible, withCommonTables } from './commonTables.js';
import { isRowWise } from './isRowWise.js';
import { type Relation, relationsOf } from './relationsOf.js';
import { replaceColumns } from './replaceColumns.js';
import { windowsKeepKeys } from './windowsKeepKeys.js';

/** A table's expressions, one for each key column, that say which rows of gold a row of it can change. */
export interface Mapping {
  /** Where the model names the table. */
  readonly reference: Relation['reference'];
  readonly expressions: readonly string[];
}

/** Whatever makes rows of the result depend on more than their own key, wherever it stands. */
const spoilers = ['rollup', 'cube', 'grouping', 'pivot', 'unpivot', 'tablesample', 'recursive', 'lateral'];

/**
 * The mapping that a model's text proves: result rows with one value of the key depend only on those rows of the input
 * whose expressions have that value. Null where that is not certain; see the README for the argument.
 */
export function deriveMapping(
  model: GoldModel,
  keys: readonly string[],
  columnsOf: (reference: NonNullable<Relation['reference']>) => readonly string[] | null,
): Mapping | null {
  const { statement } = model;
  if (statement.tokens.some((token) => spoilers.includes(token.word))) return null;
  if (callOf(statement.tokens, volatileFunctions)) return null;
  const mapping = trace(statement, statement.tree, keys, new Map(), columnsOf);
  if (!mapping?.reference) return null;
  const read = mapping.reference.parts.join('.').toLowerCase();
  const uses = model.references.filter((reference) => reference.parts.join('.').toLowerCase() === read);
  return uses.length === 1 ? mapping : null;
}

interface KeyEntry {
  readonly expression: Tree;
  readonly tokens: readonly Token[];
  readonly uses: readonly ColumnUse[];
}

function trace(
  statement: Statement,
  query: Tree,
  keys: readonly string[],
  outer: Visible,
  columnsOf: (reference: NonNullable<Relation['reference']>) => readonly string[] | null,
): Mapping | null {
  const select = ofKind(query, 'select');
  if (!select || !isRowWise(select)) return null;
  const visible = withCommonTables(select, outer);
  const relations = visible && relationsOf(select, visible, columnsOf);
  if (!relations) return null;
  const entries = keys.map((key) => keyEntry(statement, select, key, relations));
  const found = entries.filter((entry) => entry !== null);
  const relation = onlyRelation(found.flatMap((entry) => entry.uses));
  if (found.length < keys.length || !relation?.isPreserved) return null;
  if (
    !windowsKeepKeys(
      select,
      found.map((entry) => entry.expression),
    )
  )
    return null;
  if (relation.reference) {
    const expressions = found.map((entry) =>
      replaceColumns(statement.text, entry.tokens, entry.uses, (use) => use.written),
    );
    return { reference: relation.reference, expressions };
  }
  const { query: inner } = relation;
  if (!inner || (inner.name !== null && commonTables(statement, inner.name) !== 1)) return null;
  const names = [...new Set(found.flatMap((entry) => entry.uses.map((use) => use.name.toLowerCase())))];
  const traced = trace(statement, inner.tree, names, inner.visible, columnsOf);
  if (!traced) return null;
  const innerText = new Map(names.map((name, index) => [name, traced.expressions[index] ?? 'null']));
  const expressions = found.map((entry) =>
    replaceColumns(statement.text, entry.tokens, entry.uses, (use) =>
      bracketed(innerText.get(use.name.toLowerCase()) ?? 'null'),
    ),
  );
  return { reference: traced.reference, expressions };
}

/** The select entry of a key column, if it is an expression over single rows whose columns are all accounted for. */
function keyEntry(statement: Statement, select: Tree, key: string, relations: readonly Relation[]): KeyEntry | null {
  const entries = children(select, 'expressions').map(outputColumn);
  const named = entries.filter((entry: OutputColumn) => entry.name?.toLowerCase() === key.toLowerCase());
  const [entry] = named;
  if (!entry || named.length > 1 || entries.some(({ isStar }) => isStar)) return null;
  const tokens = entryTokens(statement, entry);
  if (tokens.length === 0 || callOf(tokens, aggregateFunctions) || callOf(tokens, generatorFunctions)) return null;
  const uses = columnUses(entry.expression, relations);
  return uses ? { expression: entry.expression, tokens, uses } : null;
}

function onlyRelation(uses: readonly ColumnUse[]): Relation | null {
  const [first] = uses;
  return first && uses.every((use) => use.relation === first.relation) ? first.relation : null;
}

function bracketed(expression: string): string {
  return /^(\w+|`(?:[^`]|``)+`)$/.test(expression) ? expression : `(${expression})`;
}
