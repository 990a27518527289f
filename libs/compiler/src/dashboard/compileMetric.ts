import type { Contract } from '@lakehouse/contracts';
import type { Token } from '../sql/readTokens.js';
import { tokenText } from '../sql/tokenText.js';
import { checkExpression, type ExpressionFault } from './checkExpression.js';

export interface CompiledMetric {
  /** The expression with null in place of a division by zero, which would fail the whole chart in ANSI mode. */
  readonly sql: string;
  readonly faults: readonly ExpressionFault[];
}

/** A metric's expression, checked against the contract of its table. */
export function compileMetric(expression: string, contract: Contract): CompiledMetric {
  const { parsed, faults } = checkExpression(expression, 'metric', contract);
  if (parsed === null) return { sql: expression, faults };
  const { text, tokens } = parsed;
  const divisor = tokens.findIndex(
    (token, index) => token.kind === 'SLASH' && operandEnd(tokens, index + 1) === index + 1,
  );
  const untold: readonly ExpressionFault[] =
    divisor < 0
      ? []
      : [
          {
            code: 'LH1614',
            message: `What \`${expression}\` divides by cannot be told.`,
            fix: 'Put the divisor in parentheses.',
          },
        ];
  return { sql: withSafeDivisions(text, tokens), faults: [...faults, ...untold] };
}

/** Each divisor that is no literal becomes `nullif(…, 0)`. */
function withSafeDivisions(text: string, tokens: readonly Token[]): string {
  const written = tokens.map((token) => ({ ...token }));
  for (const [index, token] of tokens.entries()) {
    const end = operandEnd(tokens, index + 1);
    const first = written[index + 1];
    const last = written[end - 1];
    if (token.kind !== 'SLASH' || !first || !last || (first === last && first.kind === 'NUMBER')) continue;
    first.text = `nullif(${first.text}`;
    last.text = `${last.text}, 0)`;
  }
  return tokenText(text, written);
}

/** Where the operand that starts at `start` ends: a number, a name, a call or something in parentheses, with FILTER. */
function operandEnd(tokens: readonly Token[], start: number): number {
  let end = start;
  const first = tokens[end];
  if (!first) return start;
  if (first.kind !== 'L_PAREN') {
    if (!/^[\w`.]/.test(first.text) || ['case', 'interval', 'not'].includes(first.word)) return start;
    end += 1;
    while (tokens[end]?.kind === 'DOT') end += 2;
  }
  if (tokens[end]?.kind === 'L_PAREN') end = closingParenthesis(tokens, end) + 1;
  if (tokens[end]?.word === 'filter' && tokens[end + 1]?.kind === 'L_PAREN')
    end = closingParenthesis(tokens, end + 1) + 1;
  return end;
}

function closingParenthesis(tokens: readonly Token[], opening: number): number {
  let depth = 0;
  for (let index = opening; index < tokens.length; index += 1) {
    if (tokens[index]?.kind === 'L_PAREN') depth += 1;
    if (tokens[index]?.kind === 'R_PAREN') depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length - 1;
}
