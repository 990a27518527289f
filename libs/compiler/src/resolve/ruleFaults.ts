import { type Contract, oneOf, type Path, positionOf, type Problem } from '@lakehouse/contracts';
import { parseStatement, type Statement } from '../sql/parseStatement.js';
import { referencedColumns } from '../sql/referencedColumns.js';
import { child, children, identifierOf, ofKind } from '../sql/tree.js';
import type { Catalog, CatalogEntry } from './catalog.js';

/** What is wrong with the SQL rules of a contract: syntax, tables that it may not read, columns that are not there. */
export function ruleFaults({ contract, domain }: CatalogEntry, catalog: Catalog): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (path: Path, code: string, message: string, fix: string): void => {
    problems.push({
      code,
      severity: 'error',
      file: contract.file,
      ...positionOf(contract.document, path),
      message,
      fix,
    });
  };
  for (const { table, path } of contract.tableUses) {
    const entry = catalog.entries.get(table);
    if (!entry && !catalog.broken.has(table)) {
      report(path, 'LH1520', `The rule reads \`${table}\`, which does not exist.`, oneOf(table, catalog.names));
    } else if (entry?.contract.layer === 'silver' && entry.domain.name !== domain.name) {
      const message = `The rule reads \`${table}\`, silver of the domain ${entry.domain.name}; only gold is published to other domains.`;
      report(path, 'LH1520', message, 'Read a gold table of that domain.');
    } else if (entry?.contract.layer === 'gold' && contract.layer === 'silver' && entry.domain.name === domain.name) {
      report(
        path,
        'LH1520',
        `The rule reads \`${table}\`, and silver is judged before gold is made.`,
        'Move the rule to the gold table.',
      );
    }
  }
  for (const rule of contract.quality) {
    if (rule.metric.kind !== 'sql') continue;
    const path = [...rule.path, 'query'];
    const parsed = parseStatement(withoutPlaceholders(rule.metric.query));
    if (!parsed.ok) {
      report(
        path,
        'LH1521',
        `The query of \`${rule.id}\` is not Spark SQL: ${parsed.failure.message}.`,
        parsed.failure.fix,
      );
      continue;
    }
    for (const name of unknownColumns(parsed.statement, contract)) {
      const known = contract.columns.map((column) => column.name);
      report(path, 'LH1522', `\`${contract.table}\` has no column \`${name}\`.`, oneOf(name, known));
    }
  }
  return problems;
}

const judged = '_table__';

/** The query with a name of the same length for each placeholder, so that places in it stay the same. */
function withoutPlaceholders(query: string): string {
  return query.replace(/\$\{[^{}]*\}/g, (placeholder) => {
    return placeholder === `\${table}` ? judged : placeholder.replace(/[^\w]/g, '_');
  });
}

/** Names of a query over the judged table alone that are no columns of it. */
function unknownColumns({ tree }: Statement, contract: Contract): readonly string[] {
  const select = ofKind(tree, 'select');
  if (
    !select ||
    child(select, 'with') ||
    children(select, 'joins').length > 0 ||
    children(select, 'lateral_views').length > 0
  )
    return [];
  const relations = children(child(select, 'from') ?? {}, 'expressions');
  const table = ofKind(relations[0], 'table');
  if (relations.length !== 1 || !table || identifierOf(table['name'])?.name !== judged) return [];
  if (JSON.stringify(select).includes('"select":')) return [];
  const alias = identifierOf(table['alias'])?.name ?? judged;
  const aliases = children(select, 'expressions').flatMap(
    (entry) => identifierOf(ofKind(entry, 'alias')?.['alias'])?.name ?? [],
  );
  const clauses = ['expressions', 'where_clause', 'group_by', 'having', 'order_by'].map((field) => ({
    clause: select[field],
  }));
  const known = new Set(
    [...contract.columns.map((column) => column.name), ...aliases].map((name) => name.toLowerCase()),
  );
  return referencedColumns(clauses, alias)
    .map((column) => column.name)
    .filter((name) => !known.has(name.toLowerCase()) && !name.startsWith('_'));
}
