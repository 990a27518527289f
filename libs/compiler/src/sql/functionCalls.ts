import { volatileKeywords } from './functionNames.js';
import type { Token } from './readTokens.js';

export interface FunctionCall {
  /** In lower case. */
  readonly name: string;
  readonly offset: number;
}

const namePattern = /^[a-z_]\w*$/;

/**
 * Everything in the tokens that is written like a function call. The tree has a node kind of its own for many
 * functions; the tokens have one shape for all, and a place.
 */
export function functionCalls(tokens: readonly Token[]): readonly FunctionCall[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    const name = token.kind === 'QUOTED_IDENTIFIER' ? token.word.slice(1, -1) : token.word;
    if (!namePattern.test(name)) return [];
    const isQuantifier = ['like', 'ilike'].includes(before?.word ?? '') && ['any', 'some', 'all'].includes(name);
    if (after?.kind === 'L_PAREN' && !isQuantifier) return [{ name, offset: token.start }];
    const isKeyword =
      volatileKeywords.has(token.word) && !['AS', 'DOT'].includes(before?.kind ?? '') && after?.kind !== 'DOT';
    return isKeyword ? [{ name, offset: token.start }] : [];
  });
}

/** The first call of one of the named functions. */
export function callOf(tokens: readonly Token[], names: { has(name: string): boolean }): FunctionCall | null {
  return functionCalls(tokens).find((call) => names.has(call.name)) ?? null;
}
