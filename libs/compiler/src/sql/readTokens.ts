import { tokenizeSql } from './parser.js';
import { codePointOffsets } from '../text/codePointOffsets.js';
import { child, isTree } from './tree.js';

export interface Token {
  /** As the parser names it: `VAR`, `QUOTED_IDENTIFIER`, `STRING`, `L_PAREN`, … */
  readonly kind: string;
  /** As it stands in the text. */
  readonly text: string;
  /** In lower case, for keywords and names that are not quoted. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens of a Spark SQL text, without comments; none where the text cannot be read. */
export function readTokens(text: string): readonly Token[] {
  const result = tokenizeSql(text);
  if (!isTree(result) || !Array.isArray(result['tokens'])) return [];
  const toOffset = codePointOffsets(text);
  return result['tokens'].flatMap((token: unknown) => {
    if (!isTree(token)) return [];
    const span = child(token, 'span');
    const kind = token['token_type'];
    if (typeof kind !== 'string' || typeof span?.['start'] !== 'number' || typeof span['end'] !== 'number') return [];
    const start = toOffset(span['start']);
    const end = toOffset(span['end']);
    const raw = text.slice(start, end);
    return [{ kind, text: raw, word: raw.toLowerCase(), start, end }];
  });
}
