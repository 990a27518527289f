import { Dialect } from './parser.js';
import { readTokens, type Token } from './readTokens.js';

const aggregates = new Set(['avg', 'count', 'count_if', 'max', 'min', 'sum']);
const judged = '${table}';
const placeholder = '_table__';

/**
 * The aggregate expression that a query of the form `select <aggregate> from ${table} [where …]` stands for, or null where
 * it has another form. All aggregates over a table are read in one pass, queries one by one.
 */
export function foldQuery(query: string): string | null {
  if (query.split('${').length !== 2 || !query.includes(judged)) return null;
  const text = query.replace(judged, () => placeholder);
  const tokens = readTokens(text, Dialect.Spark);
  const opening = tokens[2];
  if (tokens[0]?.word !== 'select' || !aggregates.has(tokens[1]?.word ?? '') || opening?.kind !== 'L_PAREN')
    return null;
  const close = closingParenthesis(tokens, 2);
  const first = tokens[1];
  const last = tokens[close];
  if (!first || !last) return null;
  const from = afterAlias(tokens, close + 1);
  if (tokens[from]?.word !== 'from' || tokens[from + 1]?.word !== placeholder) return null;
  const rest = tokens.slice(from + 2);
  const aggregate = text.slice(first.start, last.end);
  if (rest.length === 0) return aggregate;
  if (rest[0]?.word !== 'where' || !isPlainCondition(rest.slice(1))) return null;
  return `${aggregate} filter (where ${text.slice(rest[1]?.start, rest.at(-1)?.end)})`;
}

/** `as name` or `name` after a select entry. */
function afterAlias(tokens: readonly Token[], index: number): number {
  if (tokens[index]?.word === 'as') return index + 2;
  return tokens[index + 1]?.word === 'from' && tokens[index]?.kind === 'VAR' ? index + 1 : index;
}

function closingParenthesis(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (tokens[index]?.kind === 'L_PAREN') depth += 1;
    if (tokens[index]?.kind === 'R_PAREN') depth -= 1;
    if (depth === 0) return index;
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
