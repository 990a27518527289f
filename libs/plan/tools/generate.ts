import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventSchema, planSchema } from '../src/index.js';
import { jsonSchemaOf } from './jsonSchema.js';
import { writePythonModels } from './pythonModels.js';

const schemas = { plan: planSchema, event: eventSchema };

/** Writes the JSON Schemas of the plan and of the runtime's events, and the Python models made of them. */
export function generate(python: string, schemaFolder: string, pythonFolder: string): void {
  mkdirSync(schemaFolder, { recursive: true });
  mkdirSync(pythonFolder, { recursive: true });
  for (const [name, schema] of Object.entries(schemas)) {
    const schemaFile = join(schemaFolder, `${name}.schema.json`);
    writeFileSync(schemaFile, `${JSON.stringify(jsonSchemaOf(schema), null, 2)}\n`);
    writePythonModels(python, name, schemaFile, join(pythonFolder, `${name}.py`));
  }
}
