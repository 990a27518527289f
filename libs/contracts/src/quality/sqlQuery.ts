import { quoteIdentifier } from '../sql/quoteIdentifier.js';
import { sqlTokens, type SqlToken } from '../sql/tokens.js';
import { oneOf } from '../report/oneOf.js';

export interface SqlQuery {
  /** With `${table}` for what is judged and `${layer.table}` for every other table. */
  readonly sql: string;
  /** The other tables. */
  readonly tables: readonly string[];
}

export interface SqlFault {
  readonly message: string;
  readonly fix: string;
}

const published = ['silver', 'gold'];
const hidden = ['landing', 'bronze', 'quarantine', 'staging', 'ops'];
const variables = ['table', 'object', 'column', 'property'];
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads the query of an SQL rule. `column` is the property that the rule stands at, or null at the table. */
export function readSqlQuery(query: string, table: string, column: string | null): SqlQuery | SqlFault[] {
  const all = sqlTokens(query);
  if (all === null) return [{ message: 'The query has a quote or comment that is not closed.', fix: 'Close it.' }];
  const tokens = withoutEnd(
    all.map((token): SqlToken => (token.kind === 'comment' ? { kind: 'space', text: ' ' } : token)),
  );
  const solid = tokens.flatMap((token, index) => (token.kind === 'space' ? [] : [index]));
  const first = tokens[solid[0] ?? -1];
  const faults: SqlFault[] = [];
  const fault = (message: string, fix: string): void => void faults.push({ message, fix });
  if (!/^(select|with|\()$/i.test(first?.text ?? ''))
    fault('The query is no `select`.', 'Write one `select` that returns one number.');
  if (tokens.some((token) => token.kind === 'sign' && token.text === ';'))
    fault('The query holds more than one statement.', 'Write one `select`.');

  const tables = new Set<string>();
  const use = (name: string): string => {
    if (name === table) return '${table}';
    tables.add(name);
    return `\${${name}}`;
  };
  const variable = (text: string): string => {
    const name = text.slice(2, -1).trim();
    if (name === 'table' || name === 'object') return '${table}';
    if (name === 'column' || name === 'property') {
      if (column === null) fault(`\`${text}\` has no meaning at a table.`, 'Name the column, or move the rule to it.');
      return column === null || plainName.test(column) ? (column ?? '') : quoteIdentifier(column);
    }
    const [layer = '', rest = ''] = name.split('.');
    if (published.includes(layer) && plainName.test(rest) && name === `${layer}.${rest}`) return use(name);
    fault(`The variable \`${text}\` is not known.`, oneOf(name, variables).replaceAll('`', ''));
    return text;
  };

  const parts = tokens.map((token) =>
    token.kind === 'variable'
      ? variable(token.text)
      : token.kind === 'text'
        ? token.text.replace(/\$\{[^{}]*\}/g, variable)
        : token.text,
  );
  for (const [place, index] of solid.entries()) {
    const at = (offset: number): SqlToken | undefined => tokens[solid[place + offset] ?? -1];
    const layer = nameOf(at(0))?.toLowerCase();
    const name = nameOf(at(2));
    if (layer === undefined || name === undefined || at(1)?.text !== '.' || at(-1)?.text === '.') continue;
    if (hidden.includes(layer) && /^(from|join)$/i.test(at(-1)?.text ?? '')) {
      fault(`The query reads \`${layer}.${name}\`.`, 'A rule may read silver and gold tables.');
    }
    if (!published.includes(layer)) continue;
    if (at(3)?.text === '.') {
      fault(
        `\`${layer}.${name}.${at(4)?.text ?? ''}\` names a column by its whole table name.`,
        'Give the table an alias and use that.',
      );
    }
    parts[index] = use(`${layer}.${name}`);
    for (let gone = index + 1; gone <= (solid[place + 2] ?? index); gone += 1) parts[gone] = '';
  }
  return faults.length > 0 ? faults : { sql: parts.join('').trim(), tables: [...tables] };
}

function nameOf(token: SqlToken | undefined): string | undefined {
  if (token?.kind === 'word') return token.text;
  return token?.kind === 'quotedName' ? token.text.slice(1, -1) : undefined;
}

/** Drops a semicolon at the end. */
function withoutEnd(tokens: readonly SqlToken[]): readonly SqlToken[] {
  const last = tokens.findLastIndex((token) => token.kind !== 'space');
  return tokens[last]?.text === ';' ? tokens.slice(0, last) : tokens;
}
