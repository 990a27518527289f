import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { exitCode } from '../exitCode.js';
import { Failure } from '../failure.js';

const connectionsSchema = z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/), z.string());
const fileName = 'connections.yaml';

/** Name of the environment variable that gives a connection's URL. */
export function connectionVariable(connection: string): string {
  return `LAKEHOUSE_CONNECTION_${connection.toUpperCase()}`;
}

/** The connection, in lower case, whose URL a variable gives; null where it gives none. */
export function connectionName(variable: string): string | null {
  const [, name] = /^LAKEHOUSE_CONNECTION_(\w+)$/.exec(variable) ?? [];
  return name?.toLowerCase() ?? null;
}

/** The URLs of connections.yaml at the root as environment variables; what the environment says already wins. */
export async function readConnections(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, string>>> {
  const file = join(root, fileName);
  if (!existsSync(file)) {
    return {};
  }
  const document = parseDocument(await readFile(file, 'utf8'));
  const syntaxError = document.errors[0];
  if (syntaxError !== undefined) {
    throw new Failure('LH3023', fileName, syntaxError.message, 'Mend the YAML.', exitCode.problems);
  }
  const parsed = connectionsSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new Failure(
      'LH3023',
      place === '' ? fileName : `${fileName}, ${place}`,
      'A connection is a name (letters, digits, underscores) and the text of a URL.',
      'Write one line a connection, such as `operations_db: sqlite:///data/operations.db`.',
      exitCode.problems,
    );
  }
  return Object.fromEntries(
    Object.entries(parsed.data)
      .map(([name, url]) => [connectionVariable(name), url] as const)
      .filter(([variable]) => environment[variable] === undefined),
  );
}
