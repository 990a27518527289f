import type { RowRule } from '@lakehouse/plan';
import type { ContractColumn, Layer } from '../contract.js';
import type { Path } from '../position.js';
import type { QualityRule } from './qualityRule.js';
import { ruleId } from './ruleId.js';

interface Keyed {
  readonly table: string;
  readonly layer: Layer;
  readonly key: readonly string[];
}

/** The row rules `type` of a silver table. A text column has none: everything can be written as a text. */
export function typeRules({ table, layer }: Omit<Keyed, 'key'>, columns: readonly ContractColumn[]): RowRule[] {
  if (layer !== 'silver') return [];
  return columns
    .filter((column) => column.sparkType.kind !== 'string')
    .map(({ name, type }) => ({
      kind: 'type',
      id: ruleId(table, name, 'type'),
      column: name,
      description: `${name} can be read as ${type}`,
      dimension: 'conformity',
    }));
}

/** The rules that follow from `required`, `unique` and the primary key. `paths` leads from a column to its property. */
export function impliedRules(
  { table, layer, key }: Keyed,
  columns: readonly ContractColumn[],
  paths: ReadonlyMap<string, Path>,
): QualityRule[] {
  const zero = { comparison: { operator: 'equal', value: 0 }, unit: 'rows', severity: 'error' } as const;
  const required = columns
    .filter((column) => !column.nullable)
    .map(
      ({ name }): QualityRule => ({
        id: ruleId(table, name, 'required'),
        column: name,
        description: `${name} is not null`,
        dimension: 'completeness',
        metric: { kind: 'nullValues' },
        ...zero,
        scope: layer === 'silver' ? 'row' : 'table',
        path: paths.get(name) ?? [],
      }),
    );
  const unique = columns
    .filter((column) => column.unique)
    .map(
      ({ name }): QualityRule => ({
        id: ruleId(table, name, 'unique'),
        column: name,
        description: `${name} has no value twice`,
        dimension: 'uniqueness',
        metric: { kind: 'duplicateValues', columns: [name] },
        ...zero,
        scope: 'table',
        path: paths.get(name) ?? [],
      }),
    );
  // A silver table has each key once because rows are merged by it.
  if (layer === 'silver' || key.length === 0) return [...required, ...unique];
  const primaryKey: QualityRule = {
    id: ruleId(table, null, 'primaryKey'),
    column: null,
    description: `${key.join(', ')} together have no value twice`,
    dimension: 'uniqueness',
    metric: { kind: 'duplicateValues', columns: key },
    ...zero,
    scope: 'table',
    path: ['schema', 0],
  };
  return [...required, ...unique, primaryKey];
}
