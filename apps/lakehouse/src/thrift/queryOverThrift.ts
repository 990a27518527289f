import { auth, connections, HiveClient, HiveUtils, thrift } from 'hive-driver';
import { Failure } from '../failure.js';
import { type QueryResult } from '../runtime/results.js';
import { decodeRows, resultSetSchema } from './decodeRows.js';

export interface ThriftServer {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

type Operation = Awaited<ReturnType<Awaited<ReturnType<HiveClient['openSession']>>['executeStatement']>>;

type Types = ConstructorParameters<typeof HiveClient>[1];
const generated: { readonly TCLIService: object; readonly TCLIService_types: Types } = thrift;
const { TCLIService, TCLIService_types: types } = generated;
const protocols = types.TProtocolVersion as Readonly<Record<string, number>>;

/**
 * Columns and rows of one statement, at most `limit` rows and one more, which tells that there are others.
 *
 * Throws Failure LH3110 where the server cannot be reached or refuses the login, LH3111 where it refuses the statement.
 */
export async function queryOverThrift(server: ThriftServer, sql: string, limit: number): Promise<QueryResult> {
  const client = new HiveClient(TCLIService, types);
  // Without a listener an error of the socket would end the process; calls that are under way are told by themselves.
  client.on('error', () => undefined);
  try {
    const session = await openSession(client, server);
    try {
      const operation = await session.executeStatement(sql, { runAsync: true });
      const cancel = (): void => void operation.cancel();
      process.once('SIGINT', cancel);
      try {
        await new HiveUtils(types).waitUntilReady(operation);
        return await fetchRows(operation, limit + 1);
      } finally {
        process.off('SIGINT', cancel);
      }
    } catch (error) {
      throw refused(error);
    } finally {
      await session.close().catch(() => undefined);
    }
  } finally {
    client.close();
  }
}

async function openSession(client: HiveClient, { host, port, username, password }: ThriftServer) {
  try {
    await client.connect(
      { host, port, options: { connect_timeout: 10_000 } },
      new connections.TcpConnection(),
      new auth.PlainTcpAuthentication({ username, password }),
    );
    return await client.openSession({ client_protocol: protocols['HIVE_CLI_SERVICE_PROTOCOL_V8'] ?? 0 });
  } catch (error) {
    throw new Failure(
      'LH3110',
      `${host}:${String(port)}`,
      `The query server does not answer ${username}: ${messageOf(error)}`,
      './lakehouse status shows whether it is healthy; ./lakehouse up brings it back.',
    );
  }
}

async function fetchRows(operation: Operation, count: number): Promise<QueryResult> {
  operation.setMaxRows(count);
  let fetched = -1;
  for (;;) {
    await operation.fetch();
    const set = resultSetSchema.parse({ schema: operation.getSchema(), data: operation.getData() });
    const result = decodeRows(set);
    if (result.rows.length === fetched || result.rows.length >= count) {
      return { ...result, rows: result.rows.slice(0, count) };
    }
    fetched = result.rows.length;
  }
}

function refused(error: unknown): Failure {
  return new Failure(
    'LH3111',
    'query',
    sparkMessage(messageOf(error)),
    'Mend the query; tables change by a run alone.',
  );
}

function messageOf(error: unknown): string {
  const { message, response } = error as { message?: string; response?: { errorMessage?: string } };
  return response?.errorMessage ?? message ?? String(error);
}

/** Spark's own sentence, without the classes around it, the plan and the stack below. */
function sparkMessage(text: string): string {
  const [first = text] = text.split('\n');
  return first.replace(/^(?:(?:Error running query|[\w.$]+(?:Exception|Error)): )*/, '').trim();
}
