import { type Visitor } from './login.js';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Superset's REST API as one user sees it. */
export interface SupersetApi {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, json: unknown) => Promise<Answer>;
  readonly remove: (path: string) => Promise<Answer>;
}

/** Logs a user in. Throws an Error where Superset refuses. */
export async function supersetApi({ url, username, password }: Visitor): Promise<SupersetApi> {
  const send = async (method: string, path: string, headers: Record<string, string>, json?: unknown) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...headers,
        connection: 'close',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: json === undefined ? null : JSON.stringify(json),
    });
  const login = await send('POST', '/security/login', {}, { username, password, provider: 'db', refresh: false });
  if (!login.ok) throw new Error(`Superset does not let ${username} in: ${login.status}`);
  const { access_token: token } = (await login.json()) as { access_token: string };
  const bearer = { authorization: `Bearer ${token}` };
  const guard = await send('GET', '/security/csrf_token/', bearer);
  const { result } = (await guard.json()) as { result: string };
  const cookie = guard.headers.getSetCookie().map((text) => text.split(';')[0] ?? '');
  const headers = { ...bearer, cookie: cookie.join('; '), 'x-csrftoken': result, referer: url };
  const answer = async (response: Promise<Response>): Promise<Answer> => {
    const { status, ...given } = await response.then(async (got) => ({ status: got.status, text: await got.text() }));
    try {
      return { status, body: JSON.parse(given.text) };
    } catch {
      return { status, body: given.text };
    }
  };
  return {
    get: (path) => answer(send('GET', path, headers)),
    post: (path, json) => answer(send('POST', path, headers, json)),
    remove: (path) => answer(send('DELETE', path, headers)),
  };
}

/** The entries of a list: one page is as long as Superset allows. */
export async function listed<T>(api: SupersetApi, path: string): Promise<readonly T[]> {
  const { status, body } = await api.get(`${path}?q=(page:0,page_size:100)`);
  if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
  return (body as { result: T[] }).result;
}
