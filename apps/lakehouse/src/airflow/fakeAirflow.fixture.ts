import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';

/** What the fake answers to a path of the API, such as `dags/shop__refine/dagRuns/r1`; a list is answered one by one, its last for ever. */
export type Answers = Record<string, object | readonly object[]>;

export interface FakeAirflow {
  readonly url: string;
  /** Paths that were asked, with the body of those that sent one. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** An Airflow that knows one account, `admin` with the password `secret`, and these answers. */
export async function fakeAirflow(answers: Answers): Promise<FakeAirflow> {
  const asked: string[] = [];
  const left = new Map(
    Object.entries(answers).map(([path, answer]) => [
      path,
      Array.isArray(answer) ? [...(answer as object[])] : [answer],
    ]),
  );
  const respond = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const url = new URL(request.url ?? '', 'http://fake');
    if (url.pathname === '/auth/token') {
      const { password } = JSON.parse(body) as { password: string };
      reply(response, password === 'secret' ? 201 : 401, { access_token: 'token' });
      return;
    }
    const path = decodeURIComponent(url.pathname.replace('/api/v2/', ''));
    asked.push(`${path}${body}`);
    if (request.headers.authorization !== 'Bearer token') {
      reply(response, 401, {});
      return;
    }
    const known = left.get(path);
    if (known === undefined) {
      reply(response, request.method === 'POST' ? 200 : 404, {});
      return;
    }
    reply(response, 200, (known.length > 1 ? known.shift() : known[0]) ?? {});
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      respond(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
