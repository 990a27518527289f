import { Failure, reason } from '@lakehouse/one-shot';
import { z } from 'zod';

export interface Login {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly form?: FormData;
}

/** A session of Superset's REST API: https://superset.apache.org/docs/api */
export interface Superset {
  readonly url: string;
  /** The answer where Superset did what it was asked; throws Failure LH4204 otherwise. */
  readonly send: (request: Request) => Promise<Response>;
}

/** An export or import of everything takes seconds; a server without free threads may take longer to answer. */
const answerMs = 120_000;

const token = z.object({ access_token: z.string() });
const csrf = z.object({ result: z.string() });

/**
 * Logs in. Throws Failure LH4202 where nothing answers, LH4203 where the login is refused.
 */
export async function openSuperset({ url, username, password }: Login): Promise<Superset> {
  const login = await request(url, {
    method: 'POST',
    path: '/api/v1/security/login',
    json: { username, password, provider: 'db', refresh: false },
  });
  if (login.status === 401) throw refusedLogin(url, username);
  const authorization = `Bearer ${token.parse(await (await done(login, url, 'login')).json()).access_token}`;
  const first = await request(url, { method: 'GET', path: '/api/v1/security/csrf_token/' }, { authorization });
  // The token is one of the session that this cookie names.
  const cookie = first.headers.getSetCookie().flatMap((text) => text.split(';')[0] ?? []);
  const guard = csrf.parse(await (await done(first, url, 'csrf_token')).json()).result;
  const headers = { authorization, cookie: cookie.join('; '), 'x-csrftoken': guard, referer: url };
  return {
    url,
    send: async (wanted) => done(await request(url, wanted, headers), url, `${wanted.method} ${wanted.path}`),
  };
}

async function request(
  url: string,
  { method, path, json, form }: Request,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = form ?? (json === undefined ? null : JSON.stringify(json));
  try {
    return await fetch(`${url}${path}`, {
      method,
      body,
      // The server may end an idle connection at the moment in which it is used again.
      headers: {
        ...headers,
        connection: 'close',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      // A request without rights is sent to the login page, which would look like an answer.
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    });
  } catch (error) {
    throw new Failure(
      'LH4202',
      url,
      `Superset did not answer: ${reason(error)}`,
      'See whether it runs and is healthy: `./lakehouse status`, `./lakehouse logs superset`.',
    );
  }
}

async function done(response: Response, url: string, what: string): Promise<Response> {
  if (response.ok) return response;
  const said = response.status < 400 ? 'it wants a login' : (await response.text()).slice(0, 2_000).trim();
  throw new Failure(
    'LH4204',
    url,
    `Superset refused ${what} (${response.status}): ${said}`,
    'Its log says more: `./lakehouse logs superset`. Done again, what is done already stays.',
  );
}

function refusedLogin(url: string, username: string): Failure {
  return new Failure(
    'LH4203',
    url,
    `Superset refuses the user ${username}.`,
    'The password has to be that of the secret superset-admin: the service superset-init sets it; start that again.',
  );
}
