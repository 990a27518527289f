import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.js';
import { reason } from './reason.js';

/** Shorter ones are refused by MinIO. */
const shortest = 8;

/** What the secret `name` holds: one line. Throws Failure LH4502 where it cannot be used. */
export async function readSecret(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw unusable(path, `cannot be read: ${reason(error)}`);
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw unusable(path, 'is empty.');
  if (/[\r\n]/.test(secret)) throw unusable(path, 'holds more than one line.');
  if (secret.length < shortest) throw unusable(path, `is shorter than ${shortest} characters.`);
  return secret;
}

function unusable(path: string, what: string): Failure {
  return new Failure(
    'LH4502',
    path,
    `The secret ${what}`,
    `\`./lakehouse up\` makes all secrets; without it, write one line of at least ${shortest} characters into the file.`,
  );
}
