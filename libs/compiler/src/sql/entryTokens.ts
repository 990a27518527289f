import type { OutputColumn } from './outputColumns.js';
import type { Statement } from './parseStatement.js';
import type { Token } from './readTokens.js';

const opening = ['L_PAREN', 'L_BRACKET', 'L_BRACE'];
const closing = ['R_PAREN', 'R_BRACKET', 'R_BRACE'];

/** The tokens of a named select entry's expression, without its alias: back from the name to the comma or SELECT. */
export function entryTokens(statement: Statement, entry: OutputColumn): readonly Token[] {
  const { tokens } = statement;
  const last = tokens.findIndex((token) => token.end === entry.end);
  if (last < 0) return [];
  let first = last;
  let depth = 0;
  while (first > 0) {
    const before = tokens[first - 1];
    if (!before || (depth === 0 && (opensSelectList(tokens, first - 1) || before.kind === 'COMMA'))) break;
    if (closing.includes(before.kind)) depth += 1;
    if (opening.includes(before.kind)) depth -= 1;
    if (depth < 0) break;
    first -= 1;
  }
  if (!entry.hasAlias) return tokens.slice(first, last + 1);
  return tokens.slice(first, tokens[last - 1]?.kind === 'AS' && last - 1 > first ? last - 1 : last);
}

function opensSelectList(tokens: readonly Token[], index: number): boolean {
  const kind = tokens[index]?.kind;
  if (kind === 'SELECT' || kind === 'HINT') return true;
  return (kind === 'DISTINCT' || kind === 'ALL') && ['SELECT', 'HINT'].includes(tokens[index - 1]?.kind ?? '');
}
