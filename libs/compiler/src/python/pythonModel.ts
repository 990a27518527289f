import type { Problem } from '@lakehouse/contracts';
import { parser } from '@lezer/python';
import { problemIn, type SourceFile } from '../text/problemIn.js';
import { type FunctionParameter, parametersOf } from './parametersOf.js';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** A Python model: one public function from named DataFrames to a DataFrame. */
export interface PythonModel {
  readonly file: SourceFile;
  readonly function: string;
  readonly parameters: readonly FunctionParameter[];
}

export interface ReadPythonModel {
  readonly model: PythonModel | null;
  readonly problems: readonly Problem[];
}

const example = 'def fleet_use(silver_flights: DataFrame, silver_planes: DataFrame) -> DataFrame:';

/** Reads a Python model's signature; nothing in it is run. */
export function readPythonModel(file: SourceFile): ReadPythonModel {
  const script = parser.parse(file.text).topNode;
  const broken = firstError(script);
  if (broken !== null) {
    return only(file, broken, 'LH1420', 'Not valid Python.', 'Correct the syntax here.');
  }
  const functions = publicFunctions(script, file.text);
  const [found, second] = functions;
  if (!found) {
    return only(file, null, 'LH1421', 'The model has no public function.', `Write one: \`${example}\``);
  }
  if (second) {
    const message = `The model has more than one public function: ${functions.map(({ name }) => name).join(', ')}.`;
    return only(file, second.node.from, 'LH1421', message, 'Let the names of helpers start with `_`.');
  }
  const { name, node } = found;
  const problems: Problem[] = [];
  const report = (offset: number, message: string, fix: string): void => {
    problems.push(problemIn(file, { code: 'LH1422', offset, message, fix }));
  };
  if (node.getChild('async')) report(node.from, `\`${name}\` is asynchronous.`, 'Remove `async`.');
  const returned = node.getChild('TypeDef');
  if (!returned || !isDataFrame(file.text.slice(returned.from, returned.to).replace('->', ''))) {
    report(node.from, `\`${name}\` does not say that it returns a DataFrame.`, `Add \`-> DataFrame\`: \`${example}\``);
  }
  const list = node.getChild('ParamList');
  const parameters = list ? parametersOf(list, file.text) : [];
  for (const parameter of parameters) {
    if (parameter.isSpecial) {
      report(
        parameter.offset,
        `The parameter \`${parameter.name}\` is not a plain one.`,
        `Name each table: \`${example}\``,
      );
    } else if (!isDataFrame(parameter.type ?? '')) {
      report(
        parameter.offset,
        `The parameter \`${parameter.name}\` is not typed as a DataFrame.`,
        `Write \`${parameter.name}: DataFrame\`.`,
      );
    }
  }
  if (parameters.length === 0)
    report(node.from, `\`${name}\` reads no table.`, `Add a parameter for each: \`${example}\``);
  return { model: problems.length > 0 ? null : { file, function: name, parameters }, problems };
}

function only(file: SourceFile, offset: number | null, code: string, message: string, fix: string): ReadPythonModel {
  return { model: null, problems: [problemIn(file, { code, offset, message, fix })] };
}

function isDataFrame(type: string): boolean {
  return /^(?:[\w.]+\.)?DataFrame$/.test(
    type
      .trim()
      .replace(/^:/, '')
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2'),
  );
}

function firstError(script: SyntaxNode): number | null {
  const cursor = script.cursor();
  do {
    if (cursor.type.isError) return cursor.from;
  } while (cursor.next());
  return null;
}

interface FoundFunction {
  readonly name: string;
  readonly node: SyntaxNode;
}

function publicFunctions(script: SyntaxNode, text: string): readonly FoundFunction[] {
  const found: FoundFunction[] = [];
  for (let statement = script.firstChild; statement; statement = statement.nextSibling) {
    const node = statement.name === 'DecoratedStatement' ? statement.getChild('FunctionDefinition') : statement;
    const identifier = node?.name === 'FunctionDefinition' ? node.getChild('VariableName') : null;
    const name = identifier ? text.slice(identifier.from, identifier.to) : '_';
    if (node && !name.startsWith('_')) found.push({ name, node });
  }
  return found;
}
