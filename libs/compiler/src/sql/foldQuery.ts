import type { Measure } from '@lakehouse/plan';
import { readTokens, type Token } from './readTokens.js';

const aggregates = new Set(['avg', 'count', 'count_if', 'max', 'min', 'sum']);
const scalars = new Set([
  'abs',
  'and',
  'between',
  'case',
  'cast',
  'coalesce',
  'greatest',
  'if',
  'in',
  'least',
  'not',
  'nullif',
  'or',
  'round',
  'then',
  'when',
]);
const judged = '${table}';
const placeholder = '_table__';

type Aggregate = Extract<Measure, { kind: 'aggregate' }>;

/**
 * The aggregate that a query of the form `select <aggregate> from ${table} [where …]` stands for, or null where
 * it has another form. All aggregates over a table are read in one pass, queries one by one.
 */
export function foldQuery(query: string): Aggregate | null {
  if (query.split('${').length !== 2 || !query.includes(judged)) return null;
  const text = query.replace(judged, () => placeholder);
  const tokens = readTokens(text);
  const from = tokens.findIndex((token) => token.kind === 'FROM');
  if (tokens[0]?.kind !== 'SELECT' || tokens[from + 1]?.word !== placeholder) return null;
  const entry = withoutAlias(tokens.slice(1, from));
  const rest = tokens.slice(from + 2);
  if (!isOneAggregate(entry) || entry[0]?.kind === 'DISTINCT') return null;
  if (rest.length === 0) return { kind: 'aggregate', expression: textOf(text, entry) };
  if (rest[0]?.kind !== 'WHERE' || !isPlainCondition(rest.slice(1))) return null;
  const condition = textOf(text, rest.slice(1));
  const expression = filtered(text, entry, condition);
  return expression === null ? null : { kind: 'aggregate', expression, rows: { kind: 'where', condition } };
}

/** The entry with the condition as the filter of each of its aggregates; null where a function may be one that we do not know. */
function filtered(text: string, entry: readonly Token[], condition: string): string | null {
  const parts: string[] = [];
  let at = entry[0]?.start ?? 0;
  for (const [index, token] of entry.entries()) {
    if (entry[index + 1]?.kind !== 'L_PAREN' || !/^[a-z_]/.test(token.word)) continue;
    if (insideAggregate(entry, index)) continue;
    if (!aggregates.has(token.word)) {
      if (scalars.has(token.word)) continue;
      return null;
    }
    const close = closingParenthesis(entry, index + 1);
    if (close < 0 || entry[close + 1]?.kind === 'FILTER') return null;
    const end = entry[close]?.end ?? at;
    parts.push(text.slice(at, end), ` filter (where ${condition})`);
    at = end;
  }
  return parts.join('') + text.slice(at, entry.at(-1)?.end);
}

function insideAggregate(entry: readonly Token[], index: number): boolean {
  return entry.some((token, open) => {
    return (
      open < index &&
      aggregates.has(token.word) &&
      entry[open + 1]?.kind === 'L_PAREN' &&
      closingParenthesis(entry, open + 1) > index
    );
  });
}

function textOf(text: string, tokens: readonly Token[]): string {
  return text.slice(tokens[0]?.start, tokens.at(-1)?.end);
}

/** One select entry, made of aggregates: no comma between entries, no subquery, no window. */
function isOneAggregate(entry: readonly Token[]): boolean {
  let depth = 0;
  for (const token of entry) {
    if (token.kind === 'L_PAREN') depth += 1;
    if (token.kind === 'R_PAREN') depth -= 1;
    if (token.kind === 'COMMA' && depth === 0) return false;
    if (token.word === 'select' || token.word === 'over') return false;
  }
  return entry.some((token, index) => aggregates.has(token.word) && entry[index + 1]?.kind === 'L_PAREN');
}

function withoutAlias(entry: readonly Token[]): readonly Token[] {
  const last = entry.length - 1;
  if (entry[last - 1]?.kind === 'AS') return entry.slice(0, last - 1);
  return entry[last]?.kind === 'VAR' && entry[last - 1]?.kind === 'R_PAREN' ? entry.slice(0, last) : entry;
}

function closingParenthesis(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (tokens[index]?.kind === 'L_PAREN') depth += 1;
    if (tokens[index]?.kind === 'R_PAREN') depth -= 1;
    if (depth <= 0) return depth === 0 ? index : -1;
  }
  return -1;
}

const endsCondition = new Set([
  'group',
  'having',
  'order',
  'sort',
  'limit',
  'offset',
  'union',
  'intersect',
  'except',
  'minus',
  'window',
  'qualify',
  'cluster',
  'distribute',
]);

function isPlainCondition(tokens: readonly Token[]): boolean {
  return (
    tokens.length > 0 &&
    !tokens.some((token) => endsCondition.has(token.word) || token.word === 'select' || token.word === 'over')
  );
}
