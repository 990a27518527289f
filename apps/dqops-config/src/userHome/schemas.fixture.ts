import { Ajv, type ValidateFunction } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = join(process.env['LAKEHOUSE_REFERENCES'] ?? '', 'dqops', 'schemas');

export const isThere = existsSync(folder);
if (!isThere) console.log('skipped: the schemas of DQOps are not at ${LAKEHOUSE_REFERENCES}/dqops');

const schemas: readonly (readonly [RegExp, string])[] = [
  [/\.dqoconnection\.yaml$/, 'ConnectionYaml'],
  [/\.dqotable\.yaml$/, 'TableYaml'],
  [/\.dqotablepattern\.yaml$/, 'TableLevelDataQualityPolicyYaml'],
  [/\.dqocolumnpattern\.yaml$/, 'ColumnLevelDataQualityPolicyYaml'],
  [/\.dqocheck\.yaml$/, 'CheckDefinitionYaml'],
  [/\.dqorule\.yaml$/, 'RuleDefinitionYaml'],
  [/\.dqonotifications\.yaml$/, 'DefaultNotificationsYaml'],
];

const compiled = new Map<string, ValidateFunction>();

/** What DQOps' own schema says against a file of a user home; nothing of a file that has none. */
export function schemaFaults(path: string, text: string): readonly string[] {
  const name = schemas.find(([ending]) => ending.test(path))?.[1];
  if (name === undefined) return path.endsWith('.yaml') ? [`${path}: no schema is known for it`] : [];
  const validate = compiled.get(name) ?? compile(name);
  // Dates stay text, as the server reads them.
  validate(parse(text, { schema: 'core' }));
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [path, instancePath, message, JSON.stringify(params)].join(' '),
  );
}

function compile(name: string): ValidateFunction {
  const schema = JSON.parse(readFileSync(join(folder, `${name}-schema.json`), 'utf8')) as object;
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  compiled.set(name, validate);
  return validate;
}
