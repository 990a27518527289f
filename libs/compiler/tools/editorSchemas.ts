import { z } from 'zod';
import { dashboardFileSchema } from '../src/dashboard/dashboardFileSchema.js';
import { domainFileSchema } from '../src/domain/domainFileSchema.js';

const notice = 'Generated from libs/compiler/src by `npm run generate -w @lakehouse/compiler`. Do not edit.';

/** JSON Schemas by which editors complete and check the files of a domain, by their path in the workspace. */
export function editorSchemas(): Readonly<Record<string, object>> {
  return {
    'docs/domain.schema.json': jsonSchemaOf('domain.yaml', domainFileSchema),
    'docs/dashboard.schema.json': jsonSchemaOf('dashboards/<dashboard>.yaml', dashboardFileSchema),
  };
}

function jsonSchemaOf(title: string, schema: z.ZodType): object {
  return { $comment: notice, title, ...z.toJSONSchema(schema, { io: 'input' }) };
}
