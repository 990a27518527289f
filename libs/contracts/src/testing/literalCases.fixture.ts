import * as fc from 'fast-check';
import { quoteIdentifier } from '../sql/quoteIdentifier.js';
import { quoteText } from '../sql/quoteText.js';

export interface LiteralCases {
  readonly texts: readonly { readonly text: string; readonly literal: string }[];
  readonly names: readonly { readonly name: string; readonly identifier: string }[];
}

const seed = 20260131;
const delicate = fc
  .array(
    fc.constantFrom(
      "'",
      '"',
      '\\',
      '`',
      '$',
      '{',
      '}',
      '${',
      '%',
      '_',
      '\n',
      '\r',
      '\t',
      '\0',
      '\\u0041',
      '\\n',
      ';',
      '--',
      'n',
      'x',
      'ß',
      '𝄞',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Texts and names that have to come back from Spark as they went in; the same ones each time. */
export function literalCases(): LiteralCases {
  const texts = fc.sample(fc.oneof(delicate, fc.string({ unit: 'binary', maxLength: 10 })), { seed, numRuns: 400 });
  const names = fc.sample(fc.oneof(delicate, fc.string({ unit: 'grapheme', maxLength: 10 })), { seed, numRuns: 100 });
  return {
    texts: texts.map((text) => ({ text, literal: quoteText(text) })),
    names: [...new Set(names)]
      .filter((name) => name !== '' && !name.includes('${'))
      .map((name) => ({ name, identifier: quoteIdentifier(name) })),
  };
}
