import { parseSql } from './parser.js';
import { codePointOffsets } from '../text/codePointOffsets.js';
import { readTokens, type Token } from './readTokens.js';
import { inStringOffsets, isTree, type Tree, visit } from './tree.js';

/** A Spark SQL query as it was written, as tokens and as a tree. */
export interface Statement {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly tree: Tree;
  /** The insides of all selects, wherever they stand. */
  readonly selects: readonly Tree[];
}

/** Why a text is no Spark SQL query that we can work with. */
export interface SqlFailure {
  readonly message: string;
  readonly fix: string;
  readonly offset: number;
}

export type ParsedStatement =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly failure: SqlFailure };

const queryKinds = ['select', 'union', 'intersect', 'except', 'subquery'];

/** Parses one Spark SQL query. */
export function parseStatement(text: string): ParsedStatement {
  const result = parseSql(text);
  if (!result.success) {
    const offset = codePointOffsets(text)(result.errorStart ?? 0);
    return failure(syntaxMessage(result.error), 'Correct the SQL: it must be one Spark SQL query.', offset);
  }
  const statements: readonly unknown[] = result.ast;
  const [tree] = statements;
  if (!isTree(tree)) return failure('there is no query in it', 'Write one SELECT.', 0);
  const tokens = readTokens(text);
  if (statements.length > 1) {
    const end = tokens.findIndex((token) => token.kind === 'SEMICOLON');
    return failure('there is more than one statement', 'Keep one SELECT.', tokens[end + 1]?.start ?? 0);
  }
  if (!queryKinds.some((kind) => kind in tree)) {
    return failure('it is not a SELECT', 'Write one SELECT; the runtime writes the table.', tokens[0]?.start ?? 0);
  }
  const danglingComma = tokens.find((token, index) => token.kind === 'COMMA' && tokens[index + 1]?.kind === 'FROM');
  if (danglingComma) return failure('a comma stands before FROM', 'Remove the comma.', danglingComma.start);
  const placed = withStringOffsets(tree, text);
  const selects = selectsOf(placed);
  // The parser drops a WITH that stands in parentheses after another one; the selects in it are missing then.
  if (count(tokens, 'SELECT') !== selects.length) {
    return failure(
      'a WITH inside parentheses cannot be followed',
      'Put all CTEs into one WITH.',
      tokens[0]?.start ?? 0,
    );
  }
  return { ok: true, statement: { text, tokens, tree: placed, selects } };
}

function failure(message: string, fix: string, offset: number): ParsedStatement {
  return { ok: false, failure: { message, fix, offset } };
}

function syntaxMessage(error: string): string {
  const guard = /E_GUARD_\w+: .*/.exec(error);
  if (guard) return `the SQL is nested too deeply or too long (${guard[0]})`;
  return error.replace(/^(?:Parse|Tokenization) error at line \d+, column \d+: /, '');
}

function count(tokens: readonly Token[], kind: string): number {
  return tokens.filter((token) => token.kind === kind).length;
}

function selectsOf(tree: Tree): readonly Tree[] {
  const selects: Tree[] = [];
  visit(tree, (node) => {
    const select = node['select'];
    if (isTree(select) && 'expressions' in select) selects.push(select);
    return true;
  });
  return selects;
}

function withStringOffsets(tree: Tree, text: string): Tree {
  const converted = inStringOffsets(tree, text);
  return isTree(converted) ? converted : tree;
}
