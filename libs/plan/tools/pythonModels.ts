import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const header =
  '# Generated from libs/plan/schema/{name}.schema.json by `npm run generate -w @lakehouse/plan`. Do not edit.';
const ruffSettings = join(import.meta.dirname, '../../../pyproject.toml');

/** Writes the pydantic models of one JSON Schema file; `python` has the development requirements. */
export function writePythonModels(python: string, name: string, schemaFile: string, outputFile: string): void {
  execFileSync(python, [
    ...['-m', 'datamodel_code_generator'],
    ...['--input', schemaFile, '--input-file-type', 'jsonschema', '--no-allow-remote-refs'],
    ...['--output', outputFile, '--output-model-type', 'pydantic_v2.BaseModel', '--target-python-version', '3.10'],
    ...['--base-class', 'lakehouse_pipeline.schema.base.FrozenModel', '--skip-root-model'],
    ...['--snake-case-field', '--enum-field-as-literal', 'all', '--use-object-type', '--use-type-alias-type'],
    ...['--use-annotated', '--field-constraints', '--use-standard-collections', '--use-union-operator'],
    ...['--type-overrides', JSON.stringify({ 'Result.value': 'builtins.object' }), '--no-formatters'],
    ...['--ignore-pyproject', '--disable-timestamp', '--custom-file-header', header.replace('{name}', name)],
  ]);
  execFileSync(python, [
    ...['-m', 'ruff', 'check', '--quiet', '--config', ruffSettings],
    ...['--select', 'I,UP029', '--fix', '--unsafe-fixes', outputFile],
  ]);
  execFileSync(python, ['-m', 'ruff', 'format', '--quiet', '--config', ruffSettings, outputFile]);
}
