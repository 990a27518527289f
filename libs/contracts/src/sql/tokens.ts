export interface SqlToken {
  readonly kind: 'space' | 'comment' | 'text' | 'quotedName' | 'variable' | 'word' | 'number' | 'sign';
  readonly text: string;
}

const patterns: readonly (readonly [SqlToken['kind'], RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*|\/\*(?:(?!\*\/)[^])*\*\//y],
  ['text', /[rR]?'(?:[^'\\]|\\[^])*'|[rR]?"(?:[^"\\]|\\[^])*"/y],
  ['quotedName', /`(?:[^`]|``)*`/y],
  ['variable', /\$\{[^{}]*\}/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y],
  ['number', /\d[\d.]*/y],
  ['sign', /[^'"`]/y],
];

/** The tokens of a Spark SQL text, whose texts joined are the text again; null where a quote or comment is not closed. */
export function sqlTokens(sql: string): SqlToken[] | null {
  const tokens: SqlToken[] = [];
  let start = 0;
  while (start < sql.length) {
    if (sql.startsWith('/*', start) && !sql.includes('*/', start + 2)) return null;
    const found = next(sql, start);
    if (found === null) return null;
    tokens.push(found);
    start += found.text.length;
  }
  return tokens;
}

function next(sql: string, start: number): SqlToken | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return null;
}
