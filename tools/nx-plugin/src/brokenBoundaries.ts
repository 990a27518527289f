/** An edge of the project graph. */
export interface Edge {
  readonly source: string;
  readonly target: string;
}

/**
 * The edges that `boundaries` does not allow: for each tag of a source, the tags of which its target must have one.
 * ESLint's rule sees imports only; this sees every edge: package.json, implicit ones, Python.
 */
export function brokenBoundaries(
  tags: Readonly<Record<string, readonly string[]>>,
  edges: readonly Edge[],
  boundaries: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  return edges.flatMap(({ source, target }) => {
    const targetTags = tags[target] ?? [];
    const broken = (tags[source] ?? []).find(
      (tag) => boundaries[tag]?.some((each) => targetTags.includes(each)) === false,
    );
    return broken === undefined
      ? []
      : [`${source} (${broken}) must not depend on ${target} (${targetTags.join(', ')})`];
  });
}
