import { type Contract, oneOf } from '@lakehouse/contracts';
import { contains } from '../sql/contains.js';
import { callOf } from '../sql/functionCalls.js';
import { aggregateFunctions, generatorFunctions, volatileFunctions } from '../sql/functionNames.js';
import { parseStatement } from '../sql/parseStatement.js';
import type { Token } from '../sql/readTokens.js';
import { referencedColumns } from '../sql/referencedColumns.js';
import { children, ofKind } from '../sql/tree.js';

export interface ExpressionFault {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** What an expression is used as: a metric aggregates rows, a condition judges one. */
export type Use = 'metric' | 'condition';

export interface CheckedExpression {
  /** The statement that the expression was parsed in, and the tokens of the expression itself; null where it is no SQL. */
  readonly parsed: { readonly text: string; readonly tokens: readonly Token[] } | null;
  readonly faults: readonly ExpressionFault[];
}

const codes = { metric: 'LH1614', condition: 'LH1617' } as const;
const examples = {
  metric: 'Write an aggregate over columns of the table, like `sum(on_time) / sum(arrived)`.',
  condition: "Write a condition on columns of the table, like `status = 'failed'`.",
} as const;

/** Checks one Spark SQL expression over the columns of a table. */
export function checkExpression(expression: string, use: Use, contract: Contract): CheckedExpression {
  // In parentheses, so that an expression that breaks off does not take what follows for its rest.
  const parsed = parseStatement(`select (\n${expression}\n) as checked from judged`);
  const fault = (message: string, fix: string = examples[use]): ExpressionFault => ({ code: codes[use], message, fix });
  if (!parsed.ok) {
    const message = `\`${expression}\` is no Spark SQL expression: ${parsed.failure.message}.`;
    return { parsed: null, faults: [fault(message, 'Correct the SQL.')] };
  }
  const { tree, tokens, text } = parsed.statement;
  const entries = children(ofKind(tree, 'select') ?? {}, 'expressions');
  const faults: ExpressionFault[] = [];
  const refused = [
    ...(contains(entries, 'select') ? ['a subquery'] : []),
    ...(contains(entries, 'window_function') ? ['a window function'] : []),
    ...(contains(entries, 'star') ? ['`*`'] : []),
  ];
  const own = tokens.slice(2, -5);
  if (entries.length !== 1 || hasComma(own)) faults.push(fault(`\`${expression}\` is more than one expression.`));
  for (const what of refused) faults.push(fault(`A ${use} cannot have ${what}.`));
  const strange = callOf(tokens, generatorFunctions) ?? callOf(tokens, volatileFunctions);
  if (strange) faults.push(fault(`A ${use} cannot call \`${strange.name}\`.`));
  const aggregate = callOf(tokens, aggregateFunctions);
  if (use === 'metric' && !aggregate) faults.push(fault(`\`${expression}\` is not an aggregate.`));
  if (use === 'condition' && aggregate) faults.push(fault(`A condition cannot call \`${aggregate.name}\`.`));
  const names = contract.columns.map((column) => column.name);
  for (const { name } of referencedColumns(entries, contract.table.split('.')[1] ?? '')) {
    if (names.some((known) => known.toLowerCase() === name.toLowerCase())) continue;
    const message = `\`${contract.table}\` has no column \`${name}\`.`;
    faults.push({ code: 'LH1611', message, fix: oneOf(name, names) });
  }
  return { parsed: { text, tokens: own }, faults };
}

/** Whether there is a comma outside of all parentheses. */
function hasComma(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind } of tokens) {
    if (kind === 'L_PAREN') depth += 1;
    if (kind === 'R_PAREN') depth -= 1;
    if (kind === 'COMMA' && depth === 0) return true;
  }
  return false;
}
