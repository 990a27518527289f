import type { Plan, Source, Table } from '@lakehouse/plan';
import { canonicalJson } from './fingerprint/canonicalJson.js';
import { contentOf } from './fingerprint/contentOf.js';

/** What a new plan means for one table. */
export interface TableChange {
  readonly table: string;
  /** `append`: what is there stays, and what comes is taken in differently. */
  readonly action: 'nothing' | 'append' | 'rebuild' | 'remove';
  /** In words, null where nothing happens. */
  readonly reason: string | null;
}

/** What applying a plan will do to each table, in the order of the plan, and last the tables that it has no more. */
export function explainPlanChange(before: Plan | null, after: Plan): readonly TableChange[] {
  const old = new Map((before?.tables ?? []).map((table) => [table.name, table]));
  const rebuilt = new Set<string>();
  const changes = after.tables.map((table): TableChange => {
    const previous = old.get(table.name);
    if (!previous) {
      rebuilt.add(table.name);
      return { table: table.name, action: 'rebuild', reason: 'new table' };
    }
    if (previous.fingerprint !== table.fingerprint) {
      rebuilt.add(table.name);
      return { table: table.name, action: 'rebuild', reason: contentReasons(previous, table, rebuilt).join('; ') };
    }
    const intake = table.layer === 'silver' ? intakeReasons(before, after, table) : [];
    return intake.length > 0
      ? { table: table.name, action: 'append', reason: intake.join('; ') }
      : { table: table.name, action: 'nothing', reason: null };
  });
  const names = new Set(after.tables.map((table) => table.name));
  const removed = [...old.keys()].filter((name) => !names.has(name));
  return [
    ...changes,
    ...removed.map(
      (table): TableChange => ({ table, action: 'remove', reason: 'no longer in the plan; its data stays' }),
    ),
  ];
}

const parts: Readonly<Record<string, string>> = {
  key: 'primary key changed',
  partitionedBy: 'partitioning changed',
  model: 'model changed',
  projection: 'model changed',
  origin: 'origin changed',
  orderingColumn: 'ordering column changed',
};

function contentReasons(before: Table, after: Table, rebuilt: ReadonlySet<string>): string[] {
  const old: Readonly<Record<string, unknown>> = contentOf(before);
  const reasons = columnReasons(before, after);
  for (const [part, value] of Object.entries(contentOf(after))) {
    if (part === 'rowRules') reasons.push(...ruleReasons(before, after));
    else if (parts[part] !== undefined && canonicalJson(old[part] ?? null) !== canonicalJson(value))
      reasons.push(parts[part]);
  }
  const inputs = after.layer === 'gold' ? after.inputs.filter((input) => rebuilt.has(input)) : [];
  reasons.push(...inputs.map((input) => `input ${input} changed`));
  return reasons.length > 0 ? reasons : ['contract changed'];
}

function columnReasons(before: Table, after: Table): string[] {
  const old = new Map(before.columns.map((column) => [column.name, column]));
  const names = new Set(after.columns.map((column) => column.name));
  const reasons = after.columns.flatMap((column) => {
    const previous = old.get(column.name);
    if (!previous) return [`column ${column.name} added`];
    if (previous.type !== column.type) return [`column ${column.name}: ${previous.type} becomes ${column.type}`];
    if (previous.nullable !== column.nullable)
      return [`column ${column.name} ${column.nullable ? 'may be null' : 'is required'}`];
    return [];
  });
  const gone = before.columns
    .filter((column) => !names.has(column.name))
    .map((column) => `column ${column.name} removed`);
  const isMoved =
    before.columns.length === after.columns.length &&
    before.columns.some(({ name }, index) => after.columns[index]?.name !== name);
  return [...reasons, ...gone, ...(reasons.length + gone.length === 0 && isMoved ? ['columns reordered'] : [])];
}

function ruleReasons(before: Table, after: Table): string[] {
  if (before.layer !== 'silver' || after.layer !== 'silver') return [];
  const content = (table: typeof before): ReadonlyMap<string, string> =>
    new Map(table.rowRules.map(({ description: _, dimension: __, ...rule }) => [rule.id, canonicalJson(rule)]));
  const old = content(before);
  const now = content(after);
  const changed = [...now].flatMap(([id, rule]) => {
    if (!old.has(id)) return [`row rule ${id} added`];
    return old.get(id) === rule ? [] : [`row rule ${id} changed`];
  });
  return [...changed, ...[...old.keys()].filter((id) => !now.has(id)).map((id) => `row rule ${id} removed`)];
}

function intakeReasons(before: Plan | null, after: Plan, table: Extract<Table, { layer: 'silver' }>): string[] {
  const sourceOf = (plan: Plan | null): Source | undefined =>
    plan?.sources.find((source) => source.table === table.origin);
  const old = sourceOf(before);
  const now = sourceOf(after);
  // When a source is read changes nothing of what is taken in.
  if (!now || (old && canonicalJson({ ...old, schedule: null }) === canonicalJson({ ...now, schedule: null })))
    return [];
  return [old ? `source ${now.name} changed` : `source ${now.name} is new`];
}
