import { type GoldTable, type SilverTable, type Table } from '@lakehouse/plan';
import { columnType } from './columnType.js';
import { eventColumn } from './freshness.js';
import { comparisonName, matchedInput, tableComparison } from './layerComparison.js';
import { tablePath } from './paths.js';
import { type Place } from './place.js';
import { obstacle, rowRuleCheck, tableRuleCheck } from './ruleChecks.js';
import { builtIn, type CheckType, type Slot } from './slot.js';
import { tableSpec } from './tableSpec.js';
import { type Unsupported } from './unsupported.js';
import { uniqueNames } from './uniqueNames.js';
import { gateChecks, watchChecks } from './watchChecks.js';
import { yamlFile } from './yamlFile.js';

/** The file of one table in DQOps, and the checks in it. */
export interface RenderedTable {
  readonly path: string;
  readonly text: string;
  readonly slots: readonly Slot[];
  readonly unsupported: readonly Unsupported[];
}

type Keys = ReadonlyMap<string, readonly string[]>;

/** The files of a table of the plan: silver has one, gold one for the published table and one for its candidate. */
export function renderTable(table: Table, keys: Keys): readonly RenderedTable[] {
  return table.layer === 'silver'
    ? [renderSilver(table, keys)]
    : [renderGold(table, keys), renderCandidate(table, keys)];
}

function renderSilver(table: SilverTable, keys: Keys): RenderedTable {
  const place = placeOf(table, 'silver', 'gold', keys);
  const daily = [...table.rowRules.flatMap((rule) => rowRuleCheck(rule, place)), ...watchChecks(table)];
  return render(table, place, [...gate(table, place), ...daily, ...rules(table, 'daily', place)], unsupportedOf(table));
}

function renderGold(table: GoldTable, keys: Keys): RenderedTable {
  const place = placeOf(table, 'gold', 'gold', keys);
  return render(table, place, [...rules(table, 'daily', place), ...watchChecks(table)], unsupportedOf(table));
}

function renderCandidate(table: GoldTable, keys: Keys): RenderedTable {
  const place = placeOf(table, 'staging', 'staging', keys);
  return render(table, place, gate(table, place), []);
}

function gate(table: Table, place: Place): readonly Slot[] {
  return [...gateChecks(table), ...rules(table, 'profiling', place)];
}

function rules(table: Table, type: CheckType, place: Place): readonly Slot[] {
  const checks = table.checks.filter((check) => obstacle(check) === null);
  const matched = matchedInput(table, place.keys) === null ? [] : [rowCountMatch(type)];
  return [...checks.flatMap((check) => tableRuleCheck(type, table, check, place)), ...matched];
}

function rowCountMatch(type: CheckType): Slot {
  return builtIn(type, null, `comparisons/${comparisonName}`, 'row_count_match', {
    severity: 'error',
    rule: { max_diff_percent: 0 },
  });
}

function unsupportedOf({ checks }: Table): readonly Unsupported[] {
  return checks.flatMap((check) => {
    const reason = obstacle(check);
    return reason === null ? [] : [{ rule: check.id, reason }];
  });
}

function placeOf({ name }: Table, schema: Place['schema'], gold: Place['gold'], keys: Keys): Place {
  return { schema, table: name.slice(name.indexOf('.') + 1), gold, keys };
}

function render(table: Table, place: Place, all: readonly Slot[], unsupported: readonly Unsupported[]): RenderedTable {
  const slots = uniqueNames(all);
  const isCandidate = place.schema === 'staging';
  const input = matchedInput(table, place.keys);
  const event = isCandidate ? null : eventColumn(table);
  const spec = tableSpec(slots, {
    head: {
      stage: place.schema,
      priority: table.layer === 'gold' ? 1 : 2,
      labels: [place.schema, table.domain],
      owner: { data_steward: table.team, application: table.domain },
      ...(event === null ? {} : { timestamp_columns: { event_timestamp_column: event } }),
      ...(input === null ? {} : { table_comparisons: tableComparison(input, isCandidate ? 'profiling' : 'daily') }),
    },
    columns: table.columns.map(({ name, type, nullable }) => ({
      name,
      spec: { ...(table.key.includes(name) ? { id: true } : {}), type_snapshot: { ...columnType(type), nullable } },
    })),
  });
  return { path: tablePath(place.schema, place.table), text: yamlFile('table', spec), slots, unsupported };
}
