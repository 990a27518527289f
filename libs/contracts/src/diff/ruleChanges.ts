import type { Contract, UnresolvedReference } from '../contract.js';
import type { QualityRule } from '../quality/qualityRule.js';
import type { Change, ChangeLevel } from './change.js';
import { equal } from './equal.js';
import { ruleStrength } from './ruleStrength.js';

interface RuleChange {
  readonly level: ChangeLevel;
  readonly column: string | null;
  readonly message: string;
}

/** Rules that came, went or changed. A rule of severity error is a promise to the reader, a warning is none. */
export function ruleChanges(before: Contract, after: Contract): Change[] {
  const columns = new Set([...before.columns, ...after.columns].map(({ name }) => name));
  const kept = new Set(
    after.columns.map(({ name }) => name).filter((name) => before.columns.some((column) => column.name === name)),
  );
  // A column that came or went says so itself, and `required` is told as nullability.
  const speaksForItself = (column: string | null, id: string): boolean =>
    (column !== null && columns.has(column) && !kept.has(column)) ||
    id.endsWith('/required') ||
    id.endsWith('/primaryKey');
  const rules = matched(before.quality, after.quality, content).flatMap(qualityChange);
  const references = matched(before.references, after.references, referenceContent).flatMap(referenceChange);
  return [...rules, ...references]
    .filter(({ column, id }) => !speaksForItself(column, id))
    .map(({ level, column, message }) => ({ level, table: after.table, column, message }));
}

interface Identified {
  readonly id: string;
}

interface Pair<Rule> {
  readonly was: Rule | null;
  readonly is: Rule | null;
}

/** Pairs rules by id, and what is left by content: a rule that was only renamed is no new one. */
function matched<Rule extends Identified>(
  before: readonly Rule[],
  after: readonly Rule[],
  contentOf: (rule: Rule) => unknown,
): Pair<Rule>[] {
  const byId = after.map((is): Pair<Rule> => ({ was: before.find(({ id }) => id === is.id) ?? null, is }));
  const gone = before.filter(({ id }) => !after.some((rule) => rule.id === id));
  const pairs = byId.map((pair): Pair<Rule> => {
    if (pair.was !== null || pair.is === null) return pair;
    const { is } = pair;
    const twin = gone.findIndex((rule) => equal(contentOf(rule), contentOf(is)));
    return twin < 0 ? pair : { was: gone.splice(twin, 1)[0] ?? null, is };
  });
  return [...pairs, ...gone.map((was): Pair<Rule> => ({ was, is: null }))];
}

const content = ({ column, metric, comparison, unit, severity }: QualityRule): unknown => ({
  column,
  metric,
  comparison,
  unit: unit ?? 'rows',
  severity,
});

const referenceContent = ({ columns, target, severity, maxOrphans }: UnresolvedReference): unknown => ({
  columns,
  target,
  severity,
  maxOrphans,
});

function qualityChange({ was, is }: Pair<QualityRule>): (RuleChange & Identified)[] {
  const rule = is ?? was;
  if (rule === null) return [];
  const change = (level: ChangeLevel, message: string): RuleChange & Identified => ({
    level,
    column: rule.column,
    id: rule.id,
    message: `rule ${rule.id}: ${message}`,
  });
  if (was === null) return [change('compatible', 'added')];
  if (is === null) return [change(was.severity === 'error' ? 'breaking' : 'compatible', 'removed')];
  const changes: (RuleChange & Identified)[] = [];
  if (was.id !== is.id) changes.push(change('compatible', `was ${was.id} before`));
  if (was.severity !== is.severity) {
    changes.push(
      change(
        was.severity === 'error' ? 'breaking' : 'compatible',
        `severity ${is.severity} instead of ${was.severity}`,
      ),
    );
  }
  const strength = ruleStrength(was, is);
  const promised = was.severity === 'error' && is.severity === 'error';
  if (strength === 'stricter') changes.push(change('compatible', 'stricter'));
  else if (strength === 'looser') changes.push(change(promised ? 'breaking' : 'compatible', 'looser'));
  else if (strength === 'other') changes.push(change(promised ? 'breaking' : 'compatible', 'promises something else'));
  else if (was.scope !== is.scope)
    changes.push(change('compatible', `judges the ${is.scope} instead of the ${was.scope}`));
  return changes;
}

function referenceChange({ was, is }: Pair<UnresolvedReference>): (RuleChange & Identified)[] {
  const rule = is ?? was;
  if (rule === null) return [];
  const change = (level: ChangeLevel, message: string): RuleChange & Identified => ({
    level,
    column: rule.column,
    id: rule.id,
    message: `reference ${rule.id}: ${message}`,
  });
  if (was === null) return [change('compatible', 'added')];
  if (is === null) return [change(was.severity === 'error' ? 'breaking' : 'compatible', 'removed')];
  const promised = was.severity === 'error';
  const changes: (RuleChange & Identified)[] = [];
  if (was.id !== is.id) changes.push(change('compatible', `was ${was.id} before`));
  if (!equal([was.columns, was.target], [is.columns, is.target]))
    changes.push(change(promised ? 'breaking' : 'compatible', 'points elsewhere'));
  else if (was.severity !== is.severity)
    changes.push(change(promised ? 'breaking' : 'compatible', `severity ${is.severity} instead of ${was.severity}`));
  else if (was.maxOrphans !== is.maxOrphans) changes.push(change('compatible', 'allows another share of orphans'));
  return changes;
}
