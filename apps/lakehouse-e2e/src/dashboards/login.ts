/** Where Superset is, and who looks at it. */
export interface Visitor {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** The session cookie of a logged-in visitor, by the form of the login page: pages know no tokens. */
export async function login({ url, username, password }: Visitor): Promise<string> {
  const page = await fetch(`${url}/login/`);
  const guard = /csrf_token&#34;: &#34;([^&]+)|name="csrf_token"[^>]*value="([^"]+)"/.exec(await page.text());
  const answer = await fetch(`${url}/login/`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: sessionOf(page), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username, password, csrf_token: guard?.[1] ?? guard?.[2] ?? '' }),
  });
  const target = answer.headers.get('location') ?? '';
  if (answer.status !== 302 || target.includes('/login')) {
    throw new Error(`Superset does not let ${username} in: ${answer.status} ${target}`);
  }
  return sessionOf(answer).replace(/^session=/, '');
}

function sessionOf(answer: Response): string {
  const cookie = answer.headers.getSetCookie().find((text) => text.startsWith('session='));
  if (cookie === undefined) throw new Error(`${answer.url} gave no session.`);
  return cookie.split(';')[0] ?? '';
}
