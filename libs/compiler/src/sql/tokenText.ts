import type { Token } from './readTokens.js';

/** SQL of tokens, without comments and with one blank where there was any space. */
export function tokenText(text: string, tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => {
      const before = tokens[index - 1];
      return before && text.slice(before.end, token.start) !== '' ? ` ${token.text}` : token.text;
    })
    .join('');
}
