import { compile } from '@lakehouse/compiler';
import { type Plan } from '@lakehouse/plan';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const workspace = resolve(import.meta.dirname, '../../../..');
const folder = 'libs/domains/flights';

/** The plan of the demo's domain. */
export async function flightsPlan(): Promise<Plan> {
  const files = readdirSync(join(workspace, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(yaml|sql|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(workspace.length + 1))
    .map((path) => ({ path, text: readFileSync(join(workspace, path), 'utf8') }));
  const { plan } = await compile(files);
  if (plan === null) throw new Error('The demo does not compile.');
  return plan;
}
