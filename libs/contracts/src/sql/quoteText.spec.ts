import * as fc from 'fast-check';
import { quoteIdentifier } from './quoteIdentifier.js';
import { quoteText } from './quoteText.js';
import { sqlTokens } from './tokens.js';

/** Undoes the escapes as Spark documents them, written without regard to how they are made. */
function unescape(literal: string): string {
  let text = '';
  for (let at = 1; at < literal.length - 1; at += 1) {
    if (literal[at] !== '\\') text += literal[at] ?? '';
    else if (literal[at + 1] === 'u') {
      text += String.fromCharCode(Number.parseInt(literal.slice(at + 2, at + 6), 16));
      at += 5;
    } else {
      at += 1;
      text += literal[at] ?? '';
    }
  }
  return text;
}

const delicate = fc
  .array(fc.oneof(fc.constantFrom("'", '\\', '$', '{', '`', '"', 'u0041'), fc.string()))
  .map((parts) => parts.join(''));

describe('quoting', () => {
  it('makes one token of any text, which is the text again and holds no variable', () => {
    fc.assert(
      fc.property(delicate, (text) => {
        const literal = quoteText(text);
        expect(sqlTokens(literal)?.map(({ kind }) => kind)).toEqual(['text']);
        expect(unescape(literal)).toBe(text);
        expect(literal).not.toContain('${');
      }),
    );
  });

  it('makes one token of any name', () => {
    fc.assert(
      fc.property(delicate, (name) => {
        expect(sqlTokens(quoteIdentifier(name))?.map(({ kind }) => kind)).toEqual(['quotedName']);
      }),
    );
  });
});
