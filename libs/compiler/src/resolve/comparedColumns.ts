import { type Contract, oneOf, type Problem } from '@lakehouse/contracts';
import { problemIn, type SourceFile } from '../text/problemIn.js';

interface WrittenColumn {
  readonly name: string;
  readonly offset: number;
}

/** Compares the columns that a model yields with those of its contract, by name. */
export function comparedColumns(
  file: SourceFile,
  written: readonly WrittenColumn[],
  contract: Contract,
): readonly Problem[] {
  const promised = contract.columns.map((column) => column.name);
  const known = new Set(promised.map((name) => name.toLowerCase()));
  const given = new Set(written.map((column) => column.name.toLowerCase()));
  const missing = promised.filter((name) => !given.has(name.toLowerCase()));
  const extra = written
    .filter((column) => !known.has(column.name.toLowerCase()))
    .map((column) => {
      const message = `The model yields \`${column.name}\`, which the contract of \`${contract.table}\` does not have.`;
      const fix = missing.length > 0 ? oneOf(column.name, missing) : `Remove it, or add it to ${contract.file}.`;
      return problemIn(file, { code: 'LH1431', offset: Math.max(0, column.offset), message, fix });
    });
  const absent = missing.map((name) => {
    const message = `The model does not yield \`${name}\`, which the contract of \`${contract.table}\` promises.`;
    return problemIn(file, {
      code: 'LH1430',
      offset: 0,
      message,
      fix: `Add \`… as ${name}\` to the SELECT, or remove it from ${contract.file}.`,
    });
  });
  return [...extra, ...absent];
}
