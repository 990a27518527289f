import type { DataContract, SchemaObject } from './odcs/dataContract.js';
import type { ItemProperty } from './odcs/property.js';
import type { Quality } from './odcs/quality.js';
import type { Path } from './position.js';
import type { Reporter } from './report/reporter.js';

const ofRoot = {
  servers: 'Connections are written in domain.yaml.',
  roles: 'Grant access where the platform is run.',
  price: 'It documents only.',
  support: 'It documents only.',
  slaDefaultElement: 'Write `element` at each service level.',
} as const;

const ofProperty = {
  encryptedName: 'Encrypt the column in its source.',
  transformSourceObjects: 'The lineage follows from the model.',
  transformLogic: 'Write the logic into the model.',
} as const;

/** The keys of a field inside a column that would mean something at the column itself. */
const ofField = ['required', 'unique', 'primaryKey', 'partitioned', 'relationships', 'quality'] as const;

const keep = 'Remove it, or keep it as documentation.';

/** Names every part of the standard that the contract uses and nothing executes. */
export function warnOfUnexecuted(contract: DataContract, report: Reporter): void {
  const warn = (path: Path, fix: string, message = `\`${String(path.at(-1))}\` is not executed.`): void => {
    report.warning(path, { code: 'LH1116', message, fix, at: 'key' });
  };

  for (const [key, fix] of Object.entries(ofRoot)) if (Object.hasOwn(contract, key)) warn([key], fix);
  if (contract.apiVersion !== 'v3.1.0') {
    report.warning(['apiVersion'], {
      code: 'LH1117',
      message: `The contract is read as v3.1.0, it says ${contract.apiVersion}.`,
      fix: 'Write `apiVersion: v3.1.0`.',
    });
  }
  for (const key of Object.keys(contract.description ?? {})) {
    if (!['usage', 'purpose', 'limitations', 'authoritativeDefinitions', 'customProperties'].includes(key)) {
      warn(
        ['description', key],
        'Use `purpose`, `usage` or `limitations`.',
        `\`${key}\` is no part of a description and is not used.`,
      );
    }
  }
  for (const [index, object] of (contract.schema ?? []).entries()) ofObject(object, ['schema', index]);

  function ofObject(object: SchemaObject, path: Path): void {
    if (object.physicalType !== undefined && object.physicalType.toLowerCase() !== 'table') {
      warn([...path, 'physicalType'], 'Every contract makes a table.');
    }
    ofPhysicalName(object, path);
    ofRules(object.quality, [...path, 'quality']);
    for (const [index, property] of (object.properties ?? []).entries()) {
      const place = [...path, 'properties', index];
      ofAnyProperty(property, place);
      ofPositions(property, place);
      ofRules(property.quality, [...place, 'quality']);
    }
  }

  function ofPhysicalName(named: { name?: string | undefined; physicalName?: string | undefined }, path: Path): void {
    if (named.physicalName !== undefined && named.physicalName !== named.name) {
      warn([...path, 'physicalName'], 'The name is used; rename, or remove it.');
    }
  }

  function ofAnyProperty(property: ItemProperty, path: Path): void {
    for (const [key, fix] of Object.entries(ofProperty)) if (Object.hasOwn(property, key)) warn([...path, key], fix);
    ofPhysicalName(property, path);
    for (const key of Object.keys(property.logicalTypeOptions ?? {})) {
      const isType = key === 'format' && (property.logicalType === 'integer' || property.logicalType === 'number');
      if (!isType) warn([...path, 'logicalTypeOptions', key], 'Write a quality rule for it.');
    }
    for (const [index, part] of (property.properties ?? []).entries()) ofNested(part, [...path, 'properties', index]);
    if (property.items !== undefined) ofNested(property.items, [...path, 'items']);
  }

  function ofPositions(property: ItemProperty, path: Path): void {
    for (const [flag, position] of [
      ['primaryKey', 'primaryKeyPosition'],
      ['partitioned', 'partitionKeyPosition'],
    ] as const) {
      if (property[flag] !== true && (property[position] ?? -1) !== -1)
        warn([...path, position], `Add \`${flag}: true\`.`, `\`${position}\` without \`${flag}\` is not executed.`);
    }
  }

  function ofNested(part: ItemProperty, path: Path): void {
    for (const key of ofField) {
      const value = part[key];
      if (value !== undefined && value !== false)
        warn([...path, key], keep, `\`${key}\` of a field inside a column is not executed.`);
    }
    ofAnyProperty(part, path);
  }

  function ofRules(rules: readonly Quality[] | undefined, path: Path): void {
    for (const [index, rule] of (rules ?? []).entries()) ofRule(rule, [...path, index]);
  }

  function ofRule(rule: Quality, path: Path): void {
    if (rule.type === 'text' || rule.type === 'custom') {
      report.warning(path, {
        code: 'LH1116',
        message: `A quality rule of type \`${rule.type}\` is not executed.`,
        fix: 'Write it with a metric or in SQL.',
      });
    } else if (rule.type !== 'sql' && rule.metric === undefined) {
      report.warning(path, {
        code: 'LH1116',
        message: 'A quality rule without a metric is not executed.',
        fix: 'Add `metric` and an operator.',
      });
    }
    for (const key of ['schedule', 'scheduler'] as const) {
      if (rule[key] !== undefined) warn([...path, key], 'The domain has the schedule.');
    }
    if (rule.rule !== undefined) warn([...path, 'rule'], 'Use `metric`.', '`rule` is deprecated and not executed.');
    if (rule.type === 'sql') {
      for (const key of ['metric', 'arguments'] as const)
        if (rule[key] !== undefined) warn([...path, key], 'The query decides; remove it.');
    }
  }
}
