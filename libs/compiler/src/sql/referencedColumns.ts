import { takesDateUnit } from './takesDateUnit.js';
import { children, identifierOf, isTree, ofKind, type Tree } from './tree.js';

export interface ReferencedColumn {
  readonly name: string;
  /** Where the reference starts, with its qualifier. */
  readonly start: number;
}

/**
 * The columns of the one relation `alias` that expressions read, each once. `a.b` is the column `b` of a relation `a`
 * or the field `b` of a column `a`; parameters of lambdas are no columns.
 */
export function referencedColumns(expressions: readonly Tree[], alias: string): readonly ReferencedColumn[] {
  const found = new Map<string, ReferencedColumn>();
  const walk = (value: unknown, bound: ReadonlySet<string>): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, bound);
      return;
    }
    if (!isTree(value)) return;
    const lambda = ofKind(value, 'lambda');
    if (lambda) {
      const parameters = children(lambda, 'parameters').flatMap(
        (parameter) => identifierOf(parameter)?.name.toLowerCase() ?? [],
      );
      walk(lambda['body'], new Set([...bound, ...parameters]));
      return;
    }
    if (takesDateUnit(value)) {
      walk(children(ofKind(value, 'function') ?? {}, 'args').slice(1), bound);
      return;
    }
    const column = ofKind(value, 'column');
    const name = identifierOf(column?.['name']);
    if (column && name) {
      const qualifier = identifierOf(column['table']);
      const isOfRelation = !qualifier || qualifier.name.toLowerCase() === alias.toLowerCase();
      const read = isOfRelation ? name : qualifier;
      const key = read.name.toLowerCase();
      const isBound = bound.has((qualifier ?? name).name.toLowerCase());
      if (!isBound && !found.has(key)) found.set(key, { name: read.name, start: (qualifier ?? name).start });
      return;
    }
    for (const field of Object.values(value)) walk(field, bound);
  };
  walk(expressions, new Set());
  return [...found.values()].sort((left, right) => left.start - right.start);
}
