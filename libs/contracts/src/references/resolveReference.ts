import type { Check, RowRule } from '@lakehouse/plan';
import type { Layer, UnresolvedReference } from '../contract.js';

export type ResolvedReference =
  | { readonly kind: 'row'; readonly rule: RowRule }
  | { readonly kind: 'check'; readonly check: Check };

/**
 * What the runtime executes for a reference, once the compiler knows its parent: a row rule where silver rows
 * have to wait for their parent, else a check: of each batch on silver, of the table on gold.
 */
export function resolveReference(
  reference: UnresolvedReference,
  layer: Layer,
  parent: { readonly table: string; readonly columns: readonly string[] },
): ResolvedReference {
  const { id, column, severity, maxOrphans, description } = reference;
  const described = { id, column, description, dimension: 'consistency' };
  const target = { columns: [...reference.columns], parent: parent.table, parentColumns: [...parent.columns] };
  if (layer === 'silver' && severity === 'error')
    return { kind: 'row', rule: { kind: 'reference', ...described, reference: target } };
  const unit = maxOrphans === null ? 'rows' : 'percent';
  return {
    kind: 'check',
    check: {
      ...described,
      scope: layer === 'silver' ? 'batch' : 'table',
      severity,
      measure: { kind: 'orphans', reference: target, unit },
      unit,
      comparison:
        maxOrphans === null ? { operator: 'equal', value: 0 } : { operator: 'lessOrEqual', value: maxOrphans },
    },
  };
}
