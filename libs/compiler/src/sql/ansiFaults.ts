import type { Remark } from '../text/problemIn.js';
import { entryTokens } from './entryTokens.js';
import { functionCalls } from './functionCalls.js';
import { raisingFunctions } from './functionNames.js';
import type { OutputColumn } from './outputColumns.js';
import type { Statement } from './parseStatement.js';
import type { Token } from './readTokens.js';
import { safeCastType } from './safeCastType.js';
import { child, isTree, ofKind, type Tree, visit } from './tree.js';

/** Kinds of the tree, with the operator in SQL and what to write for it. */
const operators: Readonly<Record<string, readonly [operator: string, instead: string]>> = {
  add: ['+', 'try_add(a, b)'],
  sub: ['-', 'try_subtract(a, b)'],
  mul: ['*', 'try_multiply(a, b)'],
  div: ['/', 'try_divide(a, b)'],
  int_div: ['div', 'cast(try_divide(a, b) as …) as try_cast'],
  mod: ['%', 'try_mod(a, b)'],
};

/** Expressions that raise on some value under ANSI mode: one bad row would stop the run instead of being quarantined. */
export function ansiFaults(statement: Statement, entries: readonly OutputColumn[]): readonly Remark[] {
  return entries.flatMap((entry) => {
    const tokens = entry.name === null ? statement.tokens : entryTokens(statement, entry);
    return [...castFaults(entry, tokens), ...operatorFaults(entry, tokens), ...functionFaults(entry, tokens)];
  });
}

function fault(offset: number, what: string, instead: string): Remark {
  return {
    code: 'LH1414',
    offset,
    message: `${what} raises on a value that does not fit, and one bad row would stop the run.`,
    fix: `Use ${instead}: the row is then quarantined by the contract's rules.`,
  };
}

function castFaults(entry: OutputColumn, tokens: readonly Token[]): Remark[] {
  const casts = tokens.filter((token) => token.word === 'cast' || token.kind === 'D_COLON');
  const remarks: Remark[] = [];
  visit(entry.expression, (node) => {
    const cast = ofKind(node, 'cast');
    if (cast && !isSafeCast(cast)) {
      const offset = casts.find(
        (token) => (token.kind === 'D_COLON') === (cast['double_colon_syntax'] === true),
      )?.start;
      remarks.push(fault(offset ?? Math.max(0, entry.offset), 'This cast', 'try_cast(… as …)'));
    }
    return true;
  });
  return remarks.slice(0, 1);
}

/** A cast to string never fails; neither does one of a literal, once it has been tried, or between date and timestamp. */
function isSafeCast(cast: Tree): boolean {
  const target = child(cast, 'to')?.['data_type'];
  if (target === 'text' || target === 'string' || target === 'var_char' || isLiteral(cast['this'])) return true;
  const from = safeCastType(cast['this']);
  return ['date', 'timestamp'].includes(from ?? '') && ['date', 'timestamp'].includes(String(target));
}

function isLiteral(expression: unknown): boolean {
  return isTree(expression) && ['literal', 'null', 'boolean'].some((kind) => kind in expression);
}

function operatorFaults(entry: OutputColumn, tokens: readonly Token[]): Remark[] {
  const remarks: Remark[] = [];
  visit(entry.expression, (node) => {
    for (const [kind, [operator, instead]] of Object.entries(operators)) {
      const operation = child(node, kind);
      if (!operation || !('right' in operation || 'expression' in operation) || isSafeOperation(kind, operation))
        continue;
      const token = tokens.find((candidate) => candidate.word === operator);
      remarks.push(fault(token?.start ?? Math.max(0, entry.offset), `\`${operator}\``, instead));
    }
    return true;
  });
  return remarks.slice(0, 1);
}

/** Steps of an interval stay far from the ends of the calendar, and numbers that are doubles do not overflow. */
function isSafeOperation(kind: string, operation: Tree): boolean {
  const left = operation['left'] ?? operation['this'];
  const right = operation['right'] ?? operation['expression'];
  if (kind === 'add' || kind === 'sub') {
    if (isTree(ofKind(right, 'interval')) || isTree(ofKind(left, 'interval'))) return true;
  }
  if (kind === 'div' || kind === 'int_div' || kind === 'mod') {
    return Number(ofKind(right, 'literal')?.['value'] ?? 0) !== 0 && safeCastType(left) !== null;
  }
  return [left, right].every((side) => safeCastType(side) === 'double');
}

function functionFaults(entry: OutputColumn, tokens: readonly Token[]): Remark[] {
  const calls = functionCalls(tokens).filter((call) => raisingFunctions.has(call.name));
  return calls.slice(0, 1).map((call) => {
    return fault(call.offset, `\`${call.name}\``, raisingFunctions.get(call.name) ?? 'a `try_` function');
  });
}
