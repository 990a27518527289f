/** The stable id of a rule: `silver.flights/carrier/required`, or `silver.flights/row-count` for a rule of the table. */
export function ruleId(table: string, column: string | null, name: string): string {
  return column === null ? `${table}/${name}` : `${table}/${column}/${name}`;
}

/** The name part of an id: the id the author gave, else the name in lower case with hyphens, else what the rule is. */
export function ruleName(id: string | undefined, name: string | undefined, kind: string): string {
  const slug = (name ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return id ?? (slug === '' ? kind : slug);
}
