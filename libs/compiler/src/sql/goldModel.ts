import type { Problem } from '@lakehouse/contracts';
import { problemIn, type SourceFile } from '../text/problemIn.js';
import { callOf } from './functionCalls.js';
import { findTableReferences, type TableReference } from './findTableReferences.js';
import { foreignFunctions, volatileFunctions } from './functionNames.js';
import { type OutputColumn, outputColumns } from './outputColumns.js';
import { parseStatement, type Statement } from './parseStatement.js';
import { child, children, isTree, ofKind, type Tree } from './tree.js';

/** A gold model as far as its text alone tells. */
export interface GoldModel {
  readonly file: SourceFile;
  readonly statement: Statement;
  readonly references: readonly TableReference[];
  readonly output: readonly OutputColumn[];
}

export interface ReadGoldModel {
  readonly model: GoldModel | null;
  readonly problems: readonly Problem[];
}

const tableFunctions =
  /^(range|values|explode(_outer)?|posexplode(_outer)?|inline(_outer)?|stack|json_tuple|variant_explode(_outer)?)$/i;

/** Reads a gold model and reports what no lakehouse could run: syntax errors, stars, expressions without a name. */
export function readGoldModel(file: SourceFile): ReadGoldModel {
  const parsed = parseStatement(file.text);
  if (!parsed.ok) {
    const { message, fix, offset } = parsed.failure;
    return {
      model: null,
      problems: [problemIn(file, { code: 'LH1401', offset, message: `Not a Spark SQL query: ${message}.`, fix })],
    };
  }
  const { statement } = parsed;
  const output = outputColumns(statement.tree);
  const problems = [
    ...starProblems(file, statement),
    ...foreignProblems(file, statement),
    ...outputProblems(file, output),
    ...volatileProblems(file, statement),
  ];
  return { model: { file, statement, references: findTableReferences(statement), output }, problems };
}

function starProblems(file: SourceFile, statement: Statement): Problem[] {
  const stars = statement.selects
    .flatMap((select) => children(select, 'expressions'))
    .map((entry) => ofKind(entry, 'star'))
    .filter((star) => star !== null);
  return stars.map((star) =>
    problemIn(file, {
      code: 'LH1403',
      offset: spanStart(star) ?? starOffset(statement),
      message: 'A model must not select `*`: a new column in its input would change it unseen.',
      fix: 'Name the columns.',
    }),
  );
}

function starOffset({ tokens }: Statement): number {
  const before = ['SELECT', 'COMMA', 'DISTINCT', 'DOT'];
  return (
    tokens.find((token, index) => token.kind === 'STAR' && before.includes(tokens[index - 1]?.kind ?? ''))?.start ?? 0
  );
}

function spanStart(node: Tree): number | null {
  const start = child(node, 'span')?.['start'];
  return typeof start === 'number' ? start : null;
}

/** Scripts, calls into the JVM and functions that name tables in a string would read what the plan does not know. */
function foreignProblems(file: SourceFile, statement: Statement): Problem[] {
  const problems: Problem[] = [];
  const refuse = (offset: number, what: string): void => {
    problems.push(
      problemIn(file, {
        code: 'LH1404',
        offset,
        message: `${what} reads or runs what the plan does not know.`,
        fix: 'Read tables by their names; write a Python model where SQL cannot say it.',
      }),
    );
  };
  const foreign = callOf(statement.tokens, foreignFunctions);
  if (foreign) refuse(foreign.offset, `\`${foreign.name}\``);
  for (const select of statement.selects) {
    if (children(select, 'expressions').some((entry) => isTree(entry['query_transform']))) {
      refuse(0, 'A script (`transform … using`)');
    }
    const from = child(select, 'from');
    const joined = children(select, 'joins').map((join) => join['this']);
    for (const relation of [...(from ? children(from, 'expressions') : []), ...joined].flatMap(withoutNesting)) {
      const called = ofKind(relation, 'function') ?? ofKind(ofKind(relation, 'alias')?.['this'], 'function');
      const name = called?.['name'];
      if (typeof name !== 'string' || tableFunctions.test(name)) continue;
      const token = statement.tokens.find((candidate) => candidate.word === name.toLowerCase());
      refuse(token?.start ?? 0, `The table function \`${name}\``);
    }
  }
  return problems;
}

/** The relations of a join in parentheses, or the relation itself. */
function withoutNesting(relation: unknown): readonly unknown[] {
  const nested = ofKind(relation, 'joined_table');
  if (!nested) return [relation];
  return [nested['left'], ...children(nested, 'joins').map((join) => join['this'])].flatMap(withoutNesting);
}

function outputProblems(file: SourceFile, output: readonly OutputColumn[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, column] of output.entries()) {
    if (column.isStar) continue;
    const offset = column.offset < 0 ? 0 : column.offset;
    if (column.name === null) {
      const message = `The ${index + 1}. expression of the SELECT has no name.`;
      problems.push(
        problemIn(file, { code: 'LH1405', offset, message, fix: 'Add `as` and the name of the contract column.' }),
      );
      continue;
    }
    const name = column.name.toLowerCase();
    if (seen.has(name)) {
      const message = `The SELECT yields the column \`${column.name}\` twice.`;
      problems.push(problemIn(file, { code: 'LH1406', offset, message, fix: 'Remove or rename one of them.' }));
    }
    seen.add(name);
  }
  return problems;
}

function volatileProblems(file: SourceFile, statement: Statement): Problem[] {
  const call = callOf(statement.tokens, volatileFunctions);
  if (!call) return [];
  return [
    problemIn(file, {
      code: 'LH1407',
      severity: 'warning',
      offset: call.offset,
      message: `\`${call.name}\` gives another value in each run, so the table changes though its inputs do not, and is always computed whole.`,
      fix: 'Take the value from a column, for example the day of the newest row.',
    }),
  ];
}
