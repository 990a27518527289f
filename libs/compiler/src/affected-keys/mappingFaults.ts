import { oneOf } from '@lakehouse/contracts';
import { contains } from '../sql/contains.js';
import { callOf } from '../sql/functionCalls.js';
import { aggregateFunctions, generatorFunctions, volatileFunctions } from '../sql/functionNames.js';
import { parseStatement } from '../sql/parseStatement.js';
import { referencedColumns } from '../sql/referencedColumns.js';
import { children, ofKind } from '../sql/tree.js';

export interface MappingFault {
  readonly message: string;
  readonly fix: string;
}

/** What is wrong with a stated mapping: it must be one expression over one row of the input. */
export function mappingFaults(
  expression: string,
  table: string,
  columns: readonly string[] | null,
): readonly MappingFault[] {
  const parsed = parseStatement(`select\n${expression}\nas mapping from input`);
  if (!parsed.ok) {
    return [
      { message: `\`${expression}\` is no Spark SQL expression: ${parsed.failure.message}.`, fix: 'Correct the SQL.' },
    ];
  }
  const { tree, tokens } = parsed.statement;
  const entries = children(ofKind(tree, 'select') ?? {}, 'expressions');
  const called = [aggregateFunctions, generatorFunctions, volatileFunctions].flatMap(
    (names) => callOf(tokens, names) ?? [],
  );
  const isRowWise = entries.length === 1 && !contains(entries, 'select', 'window_function', 'star');
  const faults: MappingFault[] = [];
  const fix = `Write an expression over the columns of \`${table}\` alone.`;
  if (!isRowWise) faults.push({ message: `\`${expression}\` is not one expression over a single row.`, fix });
  for (const call of called) {
    faults.push({
      message: `\`${call.name}\` in \`${expression}\` depends on more than one row of \`${table}\`.`,
      fix,
    });
  }
  const read = referencedColumns(entries, table.split('.')[1] ?? table);
  for (const { name } of read) {
    if (columns && !columns.some((column) => column.toLowerCase() === name.toLowerCase())) {
      faults.push({ message: `\`${table}\` has no column \`${name}\`.`, fix: oneOf(name, columns) });
    }
  }
  if (read.length === 0) faults.push({ message: `\`${expression}\` reads no column of \`${table}\`.`, fix });
  return faults;
}
