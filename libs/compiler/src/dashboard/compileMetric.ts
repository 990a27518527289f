import { type Contract, oneOf } from '@lakehouse/contracts';
import { contains } from '../sql/contains.js';
import { callOf } from '../sql/functionCalls.js';
import { aggregateFunctions, generatorFunctions, volatileFunctions } from '../sql/functionNames.js';
import { parseStatement } from '../sql/parseStatement.js';
import type { Token } from '../sql/readTokens.js';
import { referencedColumns } from '../sql/referencedColumns.js';
import { tokenText } from '../sql/tokenText.js';
import { children, ofKind } from '../sql/tree.js';

export interface MetricFault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

export interface CompiledMetric {
  /** The expression with null in place of a division by zero, which would fail the whole chart in ANSI mode. */
  readonly sql: string;
  readonly faults: readonly MetricFault[];
}

const example = 'Write an aggregate over columns of the table, like `sum(on_time) / sum(arrived)`.';

/** A metric's expression, checked against the contract of its table. */
export function compileMetric(expression: string, contract: Contract): CompiledMetric {
  const parsed = parseStatement(`select\n${expression}\nas metric from judged`);
  const fault = (message: string, fix = example): MetricFault => ({ code: 'LH1614', message, fix });
  if (!parsed.ok) {
    return {
      sql: expression,
      faults: [fault(`\`${expression}\` is no Spark SQL expression: ${parsed.failure.message}.`, 'Correct the SQL.')],
    };
  }
  const { tree, tokens, text } = parsed.statement;
  const entries = children(ofKind(tree, 'select') ?? {}, 'expressions');
  const faults: MetricFault[] = [];
  const refused = [
    ...(contains(entries, 'select') ? ['a subquery'] : []),
    ...(contains(entries, 'window_function') ? ['a window function'] : []),
    ...(contains(entries, 'star') ? ['`*`'] : []),
  ];
  if (entries.length !== 1) faults.push(fault(`\`${expression}\` is more than one expression.`));
  for (const what of refused) faults.push(fault(`A metric cannot have ${what}.`));
  const strange = callOf(tokens, generatorFunctions) ?? callOf(tokens, volatileFunctions);
  if (strange) faults.push(fault(`A metric cannot call \`${strange.name}\`.`));
  if (!callOf(tokens, aggregateFunctions)) faults.push(fault(`\`${expression}\` is not an aggregate.`));
  const names = contract.columns.map((column) => column.name);
  for (const { name } of referencedColumns(entries, contract.table.split('.')[1] ?? '')) {
    if (names.some((known) => known.toLowerCase() === name.toLowerCase())) continue;
    faults.push({
      code: 'LH1611',
      message: `\`${contract.table}\` has no column \`${name}\`.`,
      fix: oneOf(name, names),
    });
  }
  const written = tokens.slice(1, -4);
  const divisor = written.findIndex(
    (token, index) => token.kind === 'SLASH' && operandEnd(written, index + 1) === index + 1,
  );
  if (divisor >= 0)
    faults.push(fault(`What \`${expression}\` divides by cannot be told.`, 'Put the divisor in parentheses.'));
  return { sql: withSafeDivisions(text, written), faults };
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
