import type { Remark } from '../text/problemIn.js';
import { contains } from './contains.js';
import { callOf } from './functionCalls.js';
import { aggregateFunctions, foreignFunctions, generatorFunctions, volatileFunctions } from './functionNames.js';
import type { Statement } from './parseStatement.js';
import { child, children, isTree, ofKind, type Tree } from './tree.js';

/** What a SELECT may hold so that it makes exactly one row of each row. */
const harmlessFields = ['expressions', 'from', 'hint', 'leading_comments', 'post_select_comments'];

/** Fields of the tree, with the name and the first word of the clause in SQL. */
const clauses: Readonly<Record<string, readonly [name: string, word: string]>> = {
  joins: ['a join', 'join'],
  where_clause: ['WHERE', 'where'],
  group_by: ['GROUP BY', 'group'],
  having: ['HAVING', 'having'],
  qualify: ['QUALIFY', 'qualify'],
  order_by: ['ORDER BY', 'order'],
  distribute_by: ['DISTRIBUTE BY', 'distribute'],
  cluster_by: ['CLUSTER BY', 'cluster'],
  sort_by: ['SORT BY', 'sort'],
  limit: ['LIMIT', 'limit'],
  offset: ['OFFSET', 'offset'],
  fetch: ['FETCH', 'fetch'],
  distinct: ['DISTINCT', 'distinct'],
  with: ['a CTE', 'with'],
  windows: ['WINDOW', 'window'],
  lateral_views: ['LATERAL VIEW', 'lateral'],
};

/** Whatever keeps a query from making exactly one row of each row of one table, always the same. */
export function rowFaults(statement: Statement): readonly Remark[] {
  const select = ofKind(statement.tree, 'select');
  if (!select) return [refusal(statement, 'a set operation', 'union', 0)];
  const remarks = Object.entries(select)
    .filter(([field, value]) => !harmlessFields.includes(field) && isPresent(value))
    .map(([field]) => refusal(statement, ...(clauses[field] ?? [field.replaceAll('_', ' '), field]), 0));
  return [
    ...remarks,
    ...relationFaults(statement, select),
    ...expressionFaults(statement, select),
    ...callFaults(statement),
  ];
}

function isPresent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== false;
}

function refusal({ tokens }: Statement, name: string, word: string, fallback: number): Remark {
  return {
    code: 'LH1411',
    offset: tokens.find((token) => token.word === word)?.start ?? fallback,
    message: `A silver model keeps every row: it cannot have ${name}.`,
    fix: 'Leave rows out by row rules of the contract; join and aggregate in a gold model.',
  };
}

function relationFaults(statement: Statement, select: Tree): Remark[] {
  const relations = children(child(select, 'from') ?? {}, 'expressions');
  const [relation] = relations;
  if (relations.length > 1) return [refusal(statement, 'a second table', 'from', 0)];
  const table = ofKind(relation, 'table');
  if (relation && !table) return [refusal(statement, 'a subquery or function in FROM', 'from', 0)];
  if (isTree(table?.['version'])) return [refusal(statement, 'an old version of a table', 'as', 0)];
  if (isTree(table?.['table_sample'])) return [refusal(statement, 'TABLESAMPLE', 'tablesample', 0)];
  if (table && children(table, 'column_aliases').length > 0)
    return [refusal(statement, 'renamed columns in FROM', 'from', 0)];
  return [];
}

function expressionFaults(statement: Statement, select: Tree): Remark[] {
  const refused: readonly (readonly [kind: string, name: string, word: string])[] = [
    ['window_function', 'a window function', 'over'],
    ['select', 'a subquery', '('],
    ['query_transform', 'a script', 'using'],
  ];
  return refused
    .filter(([kind]) => contains(select['expressions'], kind))
    .map(([, name, word]) => refusal(statement, name, word, 0));
}

function callFaults({ tokens }: Statement): Remark[] {
  const aggregate = callOf(tokens, aggregateFunctions);
  const generator = callOf(tokens, generatorFunctions);
  const chance = callOf(tokens, volatileFunctions);
  const foreign = callOf(tokens, foreignFunctions);
  const remarks: Remark[] = [];
  if (aggregate)
    remarks.push(refusedCall(aggregate.offset, `the aggregate \`${aggregate.name}\``, 'Aggregate in a gold model.'));
  if (generator) {
    remarks.push(
      refusedCall(
        generator.offset,
        `\`${generator.name}\`, which makes many rows of one`,
        'Unfold it in a gold model.',
      ),
    );
  }
  if (foreign)
    remarks.push(
      refusedCall(foreign.offset, `\`${foreign.name}\`, which runs what the plan does not know`, 'Remove it.'),
    );
  if (chance) {
    remarks.push({
      code: 'LH1412',
      offset: chance.offset,
      message: `\`${chance.name}\` gives another value in each run, so a repeated run would not give the same table.`,
      fix: 'Take the value from a column of the source.',
    });
  }
  return remarks;
}

function refusedCall(offset: number, what: string, fix: string): Remark {
  return { code: 'LH1411', offset, message: `A silver model makes one row of each row: it cannot have ${what}.`, fix };
}
