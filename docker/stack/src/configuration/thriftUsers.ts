import { queryUsers } from '@lakehouse/connections';

/** Who may log in to the query server, and which schemas they see, as libs/spark-guard reads it. */
export function thriftUsers(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(queryUsers).flatMap(({ name, secret, schemas }) => [
      [`${name}.secret`, `/run/secrets/${secret}`],
      [`${name}.schemas`, schemas.join(',')],
    ]),
  );
}
