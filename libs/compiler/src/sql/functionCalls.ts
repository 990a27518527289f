import { volatileKeywords } from './functionNames.js';
import type { Token } from './readTokens.js';

export interface FunctionCall {
  /** In lower case. */
  readonly name: string;
  readonly offset: number;
}

/**
 * Everything in the tokens that is written like a function call. The tree has a node kind of its own for many
 * functions; the tokens have one shape for all, and a place.
 */
export function functionCalls(tokens: readonly Token[]): readonly FunctionCall[] {
  const calls: FunctionCall[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!isCalled(tokens, index)) continue;
    const name = token.kind === 'QUOTED_IDENTIFIER' ? token.word.slice(1, -1) : token.word;
    calls.push({ name, offset: token.start });
  }
  return calls;
}

/** The first call of one of the named functions. */
export function callOf(tokens: readonly Token[], names: ReadonlySet<string>): FunctionCall | null {
  return functionCalls(tokens).find((call) => names.has(call.name)) ?? null;
}

function isCalled(tokens: readonly Token[], index: number): boolean {
  const word = tokens[index]?.word ?? '';
  const before = tokens[index - 1];
  const after = tokens[index + 1]?.kind;
  if (after === 'L_PAREN') {
    const isQuantifier = word === 'any' || word === 'some' || word === 'all';
    return /^[a-z_`]/.test(word) && !(isQuantifier && (before?.word === 'like' || before?.word === 'ilike'));
  }
  return volatileKeywords.has(word) && before?.kind !== 'AS' && before?.kind !== 'DOT' && after !== 'DOT';
}
