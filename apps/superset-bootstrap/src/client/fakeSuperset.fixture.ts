import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The connection breaks before the answer. */
  readonly isCut?: boolean;
}

/** `POST /path` → what it answers; what is not named is 404. */
export type Replies = Readonly<Record<string, Answering>>;
export type Answering = Reply | ((request: IncomingMessage, body: Buffer) => Reply);

export interface FakeSuperset {
  readonly url: string;
  /** `POST /path`, in the order in which they came. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** What a login is answered with. */
export const loginReplies: Replies = {
  'POST /api/v1/security/login': { body: { access_token: 'a-token' } },
  'GET /api/v1/security/csrf_token/': {
    headers: { 'set-cookie': 'session=a-session; HttpOnly; Path=/' },
    body: { result: 'a-guard' },
  },
};

/** A server that speaks as much of Superset's REST API as a test says, on a free port or on the `wanted` one. */
export async function fakeSuperset(
  replies: Replies | ((name: string) => Answering | undefined),
  wanted = 0,
): Promise<FakeSuperset> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const name = `${request.method ?? ''} ${(request.url ?? '').replace(/\?.*$/, '')}`;
      asked.push(name);
      const found = typeof replies === 'function' ? replies(name) : replies[name];
      const reply = found ?? { status: 404, body: { message: 'Not found' } };
      const {
        status = 200,
        headers = {},
        body = {},
        isCut = false,
      } = typeof reply === 'function' ? reply(request, Buffer.concat(chunks)) : reply;
      if (isCut) {
        request.socket.destroy();
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}
