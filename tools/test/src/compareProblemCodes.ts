const code = /\bLH\d{4}\b/g;
const row = /^\| (LH\d{4}) \|/gm;

/** Which codes stand in sources but not in the table of problems, and which in the table alone. */
export function compareProblemCodes(
  sources: readonly string[],
  table: string,
): { readonly undocumented: readonly string[]; readonly unused: readonly string[] } {
  const used = new Set(sources.flatMap((text) => text.match(code) ?? []));
  const documented = new Set([...table.matchAll(row)].map((match) => match[1] ?? ''));
  return {
    undocumented: [...used].filter((each) => !documented.has(each)).sort(),
    unused: [...documented].filter((each) => !used.has(each)).sort(),
  };
}
