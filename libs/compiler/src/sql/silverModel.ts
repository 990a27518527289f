import type { Problem } from '@lakehouse/contracts';
import { problemIn, type Remark, type SourceFile } from '../text/problemIn.js';
import { ansiFaults } from './ansiFaults.js';
import { entryTokens } from './entryTokens.js';
import { findTableReferences, type TableReference } from './findTableReferences.js';
import { type OutputColumn, outputColumn } from './outputColumns.js';
import { parseStatement, type Statement } from './parseStatement.js';
import { referencedColumns } from './referencedColumns.js';
import { rowFaults } from './rowFaults.js';
import { tokenText } from './tokenText.js';
import { children, ofKind } from './tree.js';

/** A silver model as expressions over one row of its origin. */
export interface SilverModel {
  readonly file: SourceFile;
  readonly statement: Statement;
  readonly origin: TableReference;
  /** The name that the expressions have for the origin. */
  readonly alias: string;
  readonly columns: readonly SilverColumn[];
  /** Columns of the origin that the expressions read, in the order of the text. */
  readonly originColumns: readonly string[];
}

export interface SilverColumn {
  readonly name: string;
  readonly expression: string;
  readonly entry: OutputColumn;
}

export interface ReadSilverModel {
  readonly model: SilverModel | null;
  readonly problems: readonly Problem[];
}

/** Columns that ingestion adds and that differ between two runs over the same input. */
const runColumns = ['_batch_id', '_ingested_at'];

/** Reads a silver model: a SELECT that makes exactly one row of each row of one table, and cannot fail on any row. */
export function readSilverModel(file: SourceFile): ReadSilverModel {
  const parsed = parseStatement(file.text);
  if (!parsed.ok) {
    const { message, fix, offset } = parsed.failure;
    return {
      model: null,
      problems: [problemIn(file, { code: 'LH1401', offset, message: `Not a Spark SQL query: ${message}.`, fix })],
    };
  }
  const { statement } = parsed;
  const select = ofKind(statement.tree, 'select');
  const shape = rowFaults(statement);
  const [origin] = findTableReferences(statement);
  if (!select || !origin || shape.length > 0) {
    const remarks = shape.length > 0 ? shape : [noOrigin];
    return { model: null, problems: remarks.map((remark) => problemIn(file, remark)) };
  }
  const entries = children(select, 'expressions').map(outputColumn);
  const alias = origin.alias ?? origin.parts.at(-1) ?? '';
  const originColumns = referencedColumns(children(select, 'expressions'), alias);
  const remarks = [...entryRemarks(entries), ...ansiFaults(statement, entries), ...runColumnRemarks(originColumns)];
  const columns = entries.flatMap((entry) => {
    if (entry.name === null) return [];
    return [{ name: entry.name, expression: tokenText(file.text, entryTokens(statement, entry)), entry }];
  });
  return {
    model: { file, statement, origin, alias, columns, originColumns: originColumns.map((column) => column.name) },
    problems: remarks.map((remark) => problemIn(file, remark)),
  };
}

const noOrigin: Remark = {
  code: 'LH1410',
  offset: 0,
  message: 'The model reads no table.',
  fix: 'Add `from` and the bronze table that `lakehouseOrigin` of the contract names.',
};

function entryRemarks(entries: readonly OutputColumn[]): Remark[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index): Remark[] => {
    const offset = Math.max(0, entry.offset);
    if (entry.isStar) {
      const message = 'A model must not select `*`: a new column in its input would change it unseen.';
      return [{ code: 'LH1403', offset, message, fix: 'Name the columns.' }];
    }
    if (entry.name === null) {
      const message = `The ${index + 1}. expression of the SELECT has no name.`;
      return [{ code: 'LH1405', offset, message, fix: 'Add `as` and the name of the contract column.' }];
    }
    const name = entry.name.toLowerCase();
    if (seen.has(name)) {
      const message = `The SELECT yields the column \`${entry.name}\` twice.`;
      return [{ code: 'LH1406', offset, message, fix: 'Remove or rename one of them.' }];
    }
    seen.add(name);
    return [];
  });
}

function runColumnRemarks(columns: readonly { readonly name: string; readonly start: number }[]): Remark[] {
  return columns
    .filter((column) => runColumns.includes(column.name.toLowerCase()))
    .map((column) => ({
      code: 'LH1413',
      offset: column.start,
      message: `\`${column.name}\` differs between two runs over the same input, so the table would too.`,
      fix: 'Use a column of the source.',
    }));
}
