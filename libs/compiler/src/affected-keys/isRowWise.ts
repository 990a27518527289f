import { child, type Tree } from '../sql/tree.js';

/** Clauses under which a result row depends on the input rows of its own key only; any other may look further. */
const harmless = [
  'expressions',
  'from',
  'joins',
  'where_clause',
  'group_by',
  'having',
  'order_by',
  'distinct',
  'with',
  'hint',
  'leading_comments',
  'post_select_comments',
];

/** Whether a select has no clause that picks rows by comparing them with others: LIMIT, QUALIFY, samples and the like. */
export function isRowWise(select: Tree): boolean {
  const grouping = child(select, 'group_by');
  const groupFields = Object.keys(grouping ?? {}).filter(
    (field) => !['expressions', 'all', 'comments'].includes(field),
  );
  return [
    ...Object.keys(select)
      .filter((field) => !harmless.includes(field))
      .map((field) => select[field]),
    ...groupFields.map((field) => grouping?.[field]),
  ].every(isAbsent);
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}
