import { join } from 'node:path';
import { writeAtomically } from './atomicFile.js';

/** Writes the report of a domain and returns its file. */
export async function saveReport(home: string, domain: string, text: string): Promise<string> {
  const file = reportFile(home, domain);
  await writeAtomically(file, text);
  return file;
}

/** The file of a domain's report, whether it exists or not. */
export function reportFile(home: string, domain: string): string {
  return join(home, 'reports', `${domain}.html`);
}
