import type { Contract } from '../contract.js';
import { operatorNames, type Quality } from '../odcs/quality.js';
import type { Property } from '../odcs/property.js';
import { canonical } from './equal.js';

/** Something that a contract documents: where it stands and its JSON text. */
export interface Fact {
  readonly column: string | null;
  /** `description`, `rule silver.flights/carrier/known` */
  readonly what: string;
  readonly text: string;
}

type Entries = Readonly<Record<string, unknown>>;

const ofRoot = ['version', 'status', 'apiVersion', 'kind', 'schema', 'slaProperties', 'customProperties'];
const ofObject = ['name', 'properties', 'quality', 'relationships'];
const ofType = [
  'logicalType',
  'physicalType',
  'required',
  'unique',
  'primaryKey',
  'primaryKeyPosition',
  'partitioned',
  'partitionKeyPosition',
];
const ofColumn = ['name', 'quality', 'relationships', 'logicalTypeOptions', ...ofType];
const ofRule: readonly string[] = [
  'type',
  'metric',
  'arguments',
  'query',
  'severity',
  'unit',
  'id',
  'customProperties',
  ...operatorNames,
];
const ofServiceLevel = ['property', 'value', 'unit', 'element'];

/** Everything in a contract that no part of the product executes, so that a change of it is a change of the documentation. */
export function documentationFacts(contract: Contract): Fact[] {
  const { source } = contract;
  const [object] = source.schema ?? [];
  const facts: Fact[] = [];
  const add = (column: string | null, what: string, value: unknown): void => {
    const text = canonical(value);
    if (!['undefined', 'null', '[]', '{}', '""', 'false'].includes(text)) facts.push({ column, what, text });
  };
  const addAll = (column: string | null, entries: Entries): void => {
    for (const [key, value] of Object.entries(entries)) add(column, key, value);
  };
  addAll(null, without(source, ofRoot));
  add(null, 'customProperties', foreignProperties(source.customProperties));
  add(
    null,
    'slaProperties',
    (source.slaProperties ?? []).flatMap((level) => {
      const executed =
        ['latency', 'freshness', 'retention'].includes(level.property.toLowerCase()) && level.element !== undefined;
      const rest = executed ? without(level, ofServiceLevel) : level;
      return Object.keys(rest).length === 0 ? [] : [rest];
    }),
  );
  if (object === undefined) return facts;
  // The description of the table is told once, whichever of the two places it stands in.
  addAll(null, prefixed('schema', without(object, ofObject)));
  addRules(null, object.quality ?? []);
  add(null, 'relationships', relationshipFacts(object.relationships));
  for (const property of object.properties ?? []) {
    addAll(property.name, without(property, ofColumn));
    add(property.name, 'logicalType', contract.columns.find(({ name }) => name === property.name)?.logicalType);
    add(property.name, 'logicalTypeOptions', optionsOf(property));
    add(property.name, 'relationships', relationshipFacts(property.relationships));
    addRules(property.name, property.quality ?? []);
  }
  for (const rule of contract.quality) {
    const written = writtenRule(contract, rule.path);
    if (written !== null)
      add(rule.column, `rule ${rule.id}`, {
        ...without(written, ofRule),
        other: foreignProperties(written.customProperties),
      });
  }
  return facts;

  function addRules(column: string | null, rules: readonly Quality[]): void {
    add(
      column,
      'quality',
      rules.filter(
        (rule) => rule.type === 'text' || rule.type === 'custom' || (rule.type !== 'sql' && rule.metric === undefined),
      ),
    );
  }
}

function without(entries: object, keys: readonly string[]): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !keys.includes(key)));
}

function prefixed(prefix: string, entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [`${prefix}.${key}`, value]));
}

function foreignProperties(properties: readonly { readonly property: string }[] | undefined): readonly unknown[] {
  return (properties ?? []).filter(({ property }) => !property.startsWith('lakehouse'));
}

function relationshipFacts(relationships: Property['relationships']): readonly unknown[] {
  return (relationships ?? [])
    .map(({ customProperties }) => foreignProperties(customProperties))
    .filter((list) => list.length > 0);
}

/** Options that do not decide the type. */
function optionsOf({ logicalType, logicalTypeOptions }: Property): Entries {
  return without(logicalTypeOptions ?? {}, logicalType === 'integer' || logicalType === 'number' ? ['format'] : []);
}

/** The rule of the file at a path such as `schema/0/properties/3/quality/0`; null for rules that follow from a key or `required`. */
function writtenRule({ source }: Contract, path: readonly (string | number)[]): Quality | null {
  const [object] = source.schema ?? [];
  const last = Number(path.at(-1));
  if (path.at(-2) !== 'quality') return null;
  const rules = path.length === 4 ? object?.quality : object?.properties?.[Number(path[3])]?.quality;
  return rules?.[last] ?? null;
}
